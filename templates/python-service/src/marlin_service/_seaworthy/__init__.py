"""What Seaworthy owns in this service: settings and health. An update replaces this folder."""
