// Makes the page a little kinder where scripts run; every page is whole without it.
import { initAll } from "./vendor/govuk-frontend-6.3.0/govuk-frontend.min.js";

initAll();
