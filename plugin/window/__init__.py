"""QGIS's window: menu and toolbar, demo project, help, and what ends before the plugin goes."""
