"""The layouts a file can have: which columns each is known by, and which it cannot be without."""

from enum import StrEnum


class Layout(StrEnum):
    """Whose columns a file has."""

    OFSTED = "ofsted"
    OWN = "own"
    GIAS = "gias"


class Field(StrEnum):
    """What a column can say about an organisation."""

    URN = "urn"
    NAME = "name"
    KIND = "kind"
    PROVIDER_TYPE = "provider_type"
    PROVIDER_SUBTYPE = "provider_subtype"
    PROVIDER_STATUS = "provider_status"
    REGISTERS_HELD = "registers_held"
    EARLY_YEARS = "early_years"
    NURSERY = "nursery"
    PLACES = "places"
    ADDRESS_LINE_1 = "address_line_1"
    ADDRESS_LINE_2 = "address_line_2"
    ADDRESS_LINE_3 = "address_line_3"
    TOWN = "town"
    POSTCODE = "postcode"
    TELEPHONE = "telephone"
    EMAIL = "email"
    OPENED_ON = "opened_on"
    CLOSED_ON = "closed_on"
    GROUP_URN = "group_urn"
    TRUST_UID = "trust_uid"
    GROUP_NAME = "group_name"
    LOCAL_AUTHORITY = "local_authority"
    LOCALITY = "locality"
    CONTACT_NAME = "contact_name"
    CONTACT_ROLE = "contact_role"
    CONTACT_EMAIL = "contact_email"
    CONTACT_TELEPHONE = "contact_telephone"


F = Field

WORDS: dict[str, str] = {
    F.URN: "URN",
    F.NAME: "Name",
    F.KIND: "Kind",
    F.PROVIDER_TYPE: "Provider type",
    F.PROVIDER_SUBTYPE: "Provider subtype",
    F.PROVIDER_STATUS: "Provider status",
    F.REGISTERS_HELD: "Registers held",
    F.EARLY_YEARS: "On the Early Years Register",
    F.NURSERY: "Nursery provision",
    F.PLACES: "Places",
    F.ADDRESS_LINE_1: "Address line 1",
    F.ADDRESS_LINE_2: "Address line 2",
    F.ADDRESS_LINE_3: "Address line 3",
    F.TOWN: "Town",
    F.POSTCODE: "Postcode",
    F.TELEPHONE: "Telephone",
    F.EMAIL: "Email",
    F.OPENED_ON: "Opened on",
    F.CLOSED_ON: "Closed on",
    F.GROUP_URN: "Registered person URN",
    F.TRUST_UID: "Trust UID",
    F.GROUP_NAME: "Group name",
    F.LOCAL_AUTHORITY: "Local authority",
    F.LOCALITY: "Locality",
    F.CONTACT_NAME: "Contact name",
    F.CONTACT_ROLE: "Contact role",
    F.CONTACT_EMAIL: "Contact email",
    F.CONTACT_TELEPHONE: "Contact telephone",
    "register": "Register",
}
"""The words for each field: on pages, and as the headers of our own layout."""

LAYOUT_WORDS: dict[Layout, str] = {
    Layout.OFSTED: "Ofsted’s register of childcare providers",
    Layout.GIAS: "Get Information about Schools (GIAS)",
    Layout.OWN: "Our own layout",
}

OWN_COLUMNS: tuple[Field, ...] = (
    F.URN,
    F.NAME,
    F.KIND,
    F.LOCALITY,
    F.PROVIDER_TYPE,
    F.PROVIDER_SUBTYPE,
    F.PLACES,
    F.ADDRESS_LINE_1,
    F.ADDRESS_LINE_2,
    F.ADDRESS_LINE_3,
    F.TOWN,
    F.POSTCODE,
    F.TELEPHONE,
    F.EMAIL,
    F.OPENED_ON,
    F.CLOSED_ON,
    F.GROUP_URN,
    F.TRUST_UID,
    F.GROUP_NAME,
    F.CONTACT_NAME,
    F.CONTACT_ROLE,
    F.CONTACT_EMAIL,
    F.CONTACT_TELEPHONE,
)
"""The columns of our own layout, in the order of the empty sheet."""

ALIASES: dict[Layout, dict[Field, tuple[str, ...]]] = {
    Layout.OFSTED: {
        F.URN: ("provider urn", "urn", "provider reference number"),
        F.OPENED_ON: ("registration date", "provider registration date"),
        F.PROVIDER_TYPE: ("provider type",),
        F.PROVIDER_SUBTYPE: ("provider subtype", "provider sub type"),
        F.PROVIDER_STATUS: ("provider status",),
        F.REGISTERS_HELD: ("individual register combinations", "individual register combination"),
        F.EARLY_YEARS: ("provider early years register flag", "early years register flag"),
        F.GROUP_URN: ("registered person urn",),
        F.GROUP_NAME: ("registered person name",),
        F.NAME: ("provider name",),
        F.ADDRESS_LINE_1: ("provider address line 1", "address line 1"),
        F.ADDRESS_LINE_2: ("provider address line 2", "address line 2"),
        F.ADDRESS_LINE_3: ("provider address line 3", "address line 3"),
        F.TOWN: ("provider town", "town"),
        F.POSTCODE: ("postcode", "provider postcode"),
        F.TELEPHONE: ("telephone number", "provider telephone number", "telephone"),
        F.LOCAL_AUTHORITY: ("local authority", "local authority name"),
        F.PLACES: ("places", "registered places"),
    },
    Layout.GIAS: {
        F.URN: ("urn",),
        F.LOCAL_AUTHORITY: ("la name", "local authority"),
        F.NAME: ("establishmentname", "establishment name"),
        F.PROVIDER_TYPE: ("typeofestablishment name", "type of establishment"),
        F.PROVIDER_STATUS: ("establishmentstatus name", "establishment status"),
        F.NURSERY: ("nurseryprovision name", "nurseryprovision", "nursery provision"),
        F.OPENED_ON: ("opendate", "open date"),
        F.CLOSED_ON: ("closedate", "close date"),
        F.ADDRESS_LINE_1: ("street",),
        F.ADDRESS_LINE_2: ("locality",),
        F.ADDRESS_LINE_3: ("address3",),
        F.TOWN: ("town",),
        F.POSTCODE: ("postcode",),
        F.TELEPHONE: ("telephonenum", "telephone num", "telephone"),
        F.TRUST_UID: ("trusts code",),
        F.GROUP_NAME: ("trusts name",),
    },
    Layout.OWN: {
        **{field: (WORDS[field].lower(),) for field in OWN_COLUMNS},
        F.NAME: ("name", "organisation", "organisation name"),
        F.EMAIL: ("email", "e mail", "email address"),
        F.TELEPHONE: ("telephone", "telephone number", "phone"),
        F.OPENED_ON: ("opened on", "opened"),
        F.CLOSED_ON: ("closed on", "closed"),
        F.CONTACT_EMAIL: ("contact email", "contact e mail"),
    },
}
"""Every spelling a header has been met in, in small letters and with single spaces."""

NEEDED: dict[Layout, tuple[tuple[Field, ...], ...]] = {
    Layout.OFSTED: (
        (F.URN,),
        (F.NAME,),
        (F.PROVIDER_TYPE,),
        (F.PROVIDER_SUBTYPE,),
        (F.EARLY_YEARS, F.REGISTERS_HELD),
    ),
    Layout.GIAS: ((F.URN,), (F.NAME,), (F.PROVIDER_STATUS,), (F.NURSERY,)),
    Layout.OWN: ((F.NAME,), (F.KIND,)),
}
"""What a layout cannot be without: of each line, at least one column."""

REGISTER_OF: dict[Layout, str | None] = {
    Layout.OFSTED: "ofsted",
    Layout.GIAS: "gias",
    Layout.OWN: None,
}
"""Whose register a file is. Ours is a list, not a register: what it lacks is not closed."""
