"""All pages about organisations and registers, one blueprint each."""

from audit_app.web.admin import answers_for
from audit_app.web.admin.contacts import contacts
from audit_app.web.admin.localities import localities
from audit_app.web.admin.locality_pages import locality_pages
from audit_app.web.admin.organisation_changes import changes
from audit_app.web.admin.organisations import organisations
from audit_app.web.admin.register import register

ORGANISATION_PAGES = (organisations, changes, contacts, localities, locality_pages, register)

MODULES = (answers_for,)
"""Pages that stand on one of these blueprints; importing them puts them there."""
