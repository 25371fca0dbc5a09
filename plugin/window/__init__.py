"""QGIS's window: menu and toolbar, demo project, help, and the clean-up before the plugin is unloaded."""
