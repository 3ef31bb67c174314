"""The pages: one module per noun; a view translates, a service decides."""
