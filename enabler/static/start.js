// Starts the design system's components. Every page works without it.
import { initAll } from './vendor/govuk-frontend/govuk-frontend.min.js'

initAll()
