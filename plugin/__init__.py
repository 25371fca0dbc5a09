"""The QGIS side: dialogs, the toolbox and the map. It talks to the engine only by jobs and events."""
