"""The kinds of organisation that can be asked: settings and agencies."""

SETTING_KINDS: dict[str, str] = {
    "group": "Group setting",
    "childminder": "Childminder",
    "out_of_school": "Out-of-school club",
    "school_nursery": "School nursery",
}

AGENCY_KINDS: dict[str, str] = {
    "local_authority": "Local authority",
    "district_council": "District council",
    "nhs": "NHS body",
    "police": "Police",
    "probation": "Probation",
    "youth_justice": "Youth justice service",
    "prison": "Prison",
    "voluntary": "Voluntary or community organisation",
    "other": "Other body",
}

KINDS: dict[str, str] = SETTING_KINDS | AGENCY_KINDS
"""Every kind of organisation and the words for it."""


def audited_by(name: str, consultation: int) -> str:
    """Name a return: by its organisation, and by the number of the consultation it audits."""
    return f"Consultation {consultation}: {name}" if consultation else name
