"""The shipped groups of settings, one module each; a service imports those it takes."""
