"""The QGIS side: dialogs, the toolbox and the map. It talks to the engine by jobs and events alone."""
