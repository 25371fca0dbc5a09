<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>RasterSegmenter</name>
        <message>
            <source>Segmentation</source>
            <translation>Segmentierung</translation>
        </message>
        <message>
            <source>This QGIS is too new for the plugin's own dialog. QGIS's dialog opens, without estimate and commands. Update the plugin.</source>
            <translation>Dieses QGIS ist zu neu für den eigenen Dialog des Plugins. Es öffnet sich der Dialog von QGIS, ohne Abschätzung und Befehle. Aktualisieren Sie das Plugin.</translation>
        </message>
        <message>
            <source>The engine's result lacks {name}. Reinstall Raster Segmenter.</source>
            <translation>Im Ergebnis der Engine fehlt {name}. Installieren Sie Raster Segmenter neu.</translation>
        </message>
        <message>
            <source>Check the engine</source>
            <translation>Engine prüfen</translation>
        </message>
        <message>
            <source>Tries every part of the engine on a small scene, and names its Python, libraries and device.</source>
            <translation>Probiert jeden Teil der Engine an einer kleinen Szene aus und nennt ihr Python, ihre Bibliotheken und ihr Gerät.</translation>
        </message>
        <message>
            <source>Engine</source>
            <translation>Engine</translation>
        </message>
        <message>
            <source>Device in use</source>
            <translation>Benutztes Gerät</translation>
        </message>
        <message>
            <source>Why this device</source>
            <translation>Warum dieses Gerät</translation>
        </message>
        <message>
            <source>Python interpreter</source>
            <translation>Python-Interpreter</translation>
        </message>
        <message>
            <source>Version of Python</source>
            <translation>Version von Python</translation>
        </message>
        <message>
            <source>Version of PyTorch</source>
            <translation>Version von PyTorch</translation>
        </message>
        <message>
            <source>Version of GDAL</source>
            <translation>Version von GDAL</translation>
        </message>
        <message>
            <source>What was tried, for a report of a problem</source>
            <translation>Was ausprobiert wurde, für die Meldung eines Problems</translation>
        </message>
        <message>
            <source>GPU,CUDA,device,PyTorch,diagnose,installation,version</source>
            <translation>GPU,CUDA,Gerät,PyTorch,Diagnose,Installation,Version</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>Gerät</translation>
        </message>
        <message>
            <source>Classify raster</source>
            <translation>Raster klassifizieren</translation>
        </message>
        <message>
            <source>Gives each pixel of a raster its class, by a trained model.</source>
            <translation>Gibt jedem Pixel eines Rasters seine Klasse, mit einem trainierten Modell.</translation>
        </message>
        <message>
            <source>deep learning,neural network,semantic segmentation,inference,prediction,land cover,class map</source>
            <translation>Deep Learning,neuronales Netz,semantische Segmentierung,Inferenz,Vorhersage,Landbedeckung,Klassenkarte</translation>
        </message>
        <message>
            <source>Image</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>Classify only inside these polygons</source>
            <translation>Nur innerhalb dieser Polygone klassifizieren</translation>
        </message>
        <message>
            <source>Class map</source>
            <translation>Klassenkarte</translation>
        </message>
        <message>
            <source>Pixels classified</source>
            <translation>Klassifizierte Pixel</translation>
        </message>
        <message>
            <source>Seconds</source>
            <translation>Sekunden</translation>
        </message>
        <message>
            <source>Extent to classify</source>
            <translation>Zu klassifizierende Ausdehnung</translation>
        </message>
        <message>
            <source>Average over turned and flipped views (eight times the work)</source>
            <translation>Über gedrehte und gespiegelte Ansichten mitteln (achtfache Arbeit)</translation>
        </message>
        <message>
            <source>Blend overlapping windows</source>
            <translation>Überlappende Fenster ineinander blenden</translation>
        </message>
        <message>
            <source>Resolution to classify at</source>
            <translation>Auflösung der Klassifikation</translation>
        </message>
        <message>
            <source>Precision of the computation</source>
            <translation>Genauigkeit der Berechnung</translation>
        </message>
        <message>
            <source>Side of a tile in pixels (0: automatic)</source>
            <translation>Seite einer Kachel in Pixeln (0: automatisch)</translation>
        </message>
        <message>
            <source>Smallest polygon in square metres</source>
            <translation>Kleinstes Polygon in Quadratmetern</translation>
        </message>
        <message>
            <source>Write the maps as cloud-optimised GeoTIFFs</source>
            <translation>Die Karten als cloud-optimierte GeoTIFFs schreiben</translation>
        </message>
        <message>
            <source>Keep the finished part when cancelled, to continue later</source>
            <translation>Beim Abbrechen den fertigen Teil behalten, um später weiterzumachen</translation>
        </message>
        <message>
            <source>Probabilities of the classes</source>
            <translation>Wahrscheinlichkeiten der Klassen</translation>
        </message>
        <message>
            <source>Confidence</source>
            <translation>Konfidenz</translation>
        </message>
        <message>
            <source>Polygons</source>
            <translation>Polygone</translation>
        </message>
        <message>
            <source>Summary of the areas</source>
            <translation>Zusammenfassung der Flächen</translation>
        </message>
        <message>
            <source>Areas as JSON</source>
            <translation>Flächen als JSON</translation>
        </message>
        <message>
            <source>Describe model</source>
            <translation>Modell beschreiben</translation>
        </message>
        <message>
            <source>Says what a model was trained for and how well, or what a network is and how it was published.</source>
            <translation>Sagt, wofür ein Modell trainiert wurde und wie gut, oder was ein Netz ist und wie es veröffentlicht wurde.</translation>
        </message>
        <message>
            <source>model card,metadata,classes,bands,accuracy,network,paper,published settings</source>
            <translation>Modellkarte,Metadaten,Klassen,Bänder,Genauigkeit,Netz,Artikel,veröffentlichte Einstellungen</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Network, where no model is given</source>
            <translation>Netz, falls kein Modell angegeben ist</translation>
        </message>
        <message>
            <source>Description as JSON</source>
            <translation>Beschreibung als JSON</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Netz</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>Klassen</translation>
        </message>
        <message>
            <source>Bands</source>
            <translation>Bänder</translation>
        </message>
        <message>
            <source>Trainable parameters</source>
            <translation>Trainierbare Parameter</translation>
        </message>
        <message>
            <source>Give either a model file or a network to describe.</source>
            <translation>Geben Sie entweder eine Modelldatei oder ein Netz an.</translation>
        </message>
        <message>
            <source>Evaluate against reference</source>
            <translation>Mit Referenz auswerten</translation>
        </message>
        <message>
            <source>Compares a class map with reference labels, class by class.</source>
            <translation>Vergleicht eine Klassenkarte mit einer Referenz, Klasse für Klasse.</translation>
        </message>
        <message>
            <source>Overall accuracy without borders</source>
            <translation>Gesamtgenauigkeit ohne Grenzen</translation>
        </message>
        <message>
            <source>Mean F1 without borders</source>
            <translation>Mittleres F1 ohne Grenzen</translation>
        </message>
        <message>
            <source>Overall accuracy of the map, from points</source>
            <translation>Gesamtgenauigkeit der Karte, aus Punkten</translation>
        </message>
        <message>
            <source>Mean area under the ROC curve</source>
            <translation>Mittlere Fläche unter der ROC-Kurve</translation>
        </message>
        <message>
            <source>accuracy,confusion matrix,kappa,F1,IoU,validation,assessment,reference,ground truth</source>
            <translation>Genauigkeit,Konfusionsmatrix,Kappa,F1,IoU,Validierung,Bewertung,Referenz,Bodenwahrheit</translation>
        </message>
        <message>
            <source>Map of errors</source>
            <translation>Fehlerkarte</translation>
        </message>
        <message>
            <source>Worst places</source>
            <translation>Schlechteste Stellen</translation>
        </message>
        <message>
            <source>Confusion matrix as CSV</source>
            <translation>Konfusionsmatrix als CSV</translation>
        </message>
        <message>
            <source>Reference: polygons, points or class rasters</source>
            <translation>Referenz: Polygone, Punkte oder Klassenraster</translation>
        </message>
        <message>
            <source>Probabilities of the map</source>
            <translation>Wahrscheinlichkeiten der Karte</translation>
        </message>
        <message>
            <source>Borders between classes to leave out, in pixels</source>
            <translation>Auszulassende Grenzen zwischen Klassen, in Pixeln</translation>
        </message>
        <message>
            <source>Regions that get figures of their own</source>
            <translation>Regionen, von denen jede ihre eigenen Zahlen bekommt</translation>
        </message>
        <message>
            <source>Field with the name of each region</source>
            <translation>Feld mit dem Namen jeder Region</translation>
        </message>
        <message>
            <source>Use labels only inside these polygons</source>
            <translation>Nur Labels innerhalb dieser Polygone benutzen</translation>
        </message>
        <message>
            <source>Figures as JSON</source>
            <translation>Zahlen als JSON</translation>
        </message>
        <message>
            <source>Export model</source>
            <translation>Modell exportieren</translation>
        </message>
        <message>
            <source>Writes a model as ONNX, for Deepness and other programs, and checks that it gives the same.</source>
            <translation>Schreibt ein Modell als ONNX, für Deepness und andere Programme, und prüft, dass es dasselbe ergibt.</translation>
        </message>
        <message>
            <source>ONNX,Deepness,convert,interchange,neural network,deployment</source>
            <translation>ONNX,Deepness,umwandeln,Austausch,neuronales Netz,Einsatz</translation>
        </message>
        <message>
            <source>ONNX file</source>
            <translation>ONNX-Datei</translation>
        </message>
        <message>
            <source>Model chains</source>
            <translation>Modellketten</translation>
        </message>
        <message>
            <source>{name} gets no style. {message}</source>
            <translation>{name} bekommt keinen Stil. {message}</translation>
        </message>
        <message>
            <source>Sample points for assessment</source>
            <translation>Stichprobenpunkte zur Bewertung</translation>
        </message>
        <message>
            <source>Draws random points from each class of a map, to be labelled for its assessment.</source>
            <translation>Zieht zufällige Punkte aus jeder Klasse einer Karte, um sie für deren Bewertung zu bestimmen.</translation>
        </message>
        <message>
            <source>accuracy,assessment,stratified random sample,validation,reference,area estimation,response design</source>
            <translation>Genauigkeit,Bewertung,geschichtete Zufallsstichprobe,Validierung,Referenz,Flächenschätzung,Erhebungsplan</translation>
        </message>
        <message>
            <source>Standard error of overall accuracy</source>
            <translation>Standardfehler der Gesamtgenauigkeit</translation>
        </message>
        <message>
            <source>Expected accuracy of each class</source>
            <translation>Erwartete Genauigkeit jeder Klasse</translation>
        </message>
        <message>
            <source>Points in all (0: as many as the standard error asks for)</source>
            <translation>Punkte insgesamt (0: so viele, wie der Standardfehler verlangt)</translation>
        </message>
        <message>
            <source>Fewest points on each class</source>
            <translation>Mindestens so viele Punkte je Klasse</translation>
        </message>
        <message>
            <source>Sample points</source>
            <translation>Stichprobenpunkte</translation>
        </message>
        <message>
            <source>Points drawn</source>
            <translation>Gezogene Punkte</translation>
        </message>
        <message>
            <source>Pixels they stand for</source>
            <translation>Pixel, für die sie stehen</translation>
        </message>
        <message>
            <source>Draw points only inside these polygons</source>
            <translation>Punkte nur innerhalb dieser Polygone ziehen</translation>
        </message>
        <message>
            <source>Seed of the random numbers</source>
            <translation>Startwert der Zufallszahlen</translation>
        </message>
        <message>
            <source>Train segmenter</source>
            <translation>Segmentierer trainieren</translation>
        </message>
        <message>
            <source>Trains a neural network on the classes of polygons or of a class raster.</source>
            <translation>Trainiert ein neuronales Netz auf die Klassen von Polygonen oder eines Klassenrasters.</translation>
        </message>
        <message>
            <source>Recommended</source>
            <translation>Empfohlen</translation>
        </message>
        <message>
            <source>As published with the network</source>
            <translation>Wie mit dem Netz veröffentlicht</translation>
        </message>
        <message>
            <source>Overall accuracy in validation</source>
            <translation>Gesamtgenauigkeit in der Validierung</translation>
        </message>
        <message>
            <source>Mean F1 in validation</source>
            <translation>Mittleres F1 in der Validierung</translation>
        </message>
        <message>
            <source>Mean IoU in validation</source>
            <translation>Mittlere IoU in der Validierung</translation>
        </message>
        <message>
            <source>Best epoch</source>
            <translation>Beste Epoche</translation>
        </message>
        <message>
            <source>Epochs run</source>
            <translation>Durchlaufene Epochen</translation>
        </message>
        <message>
            <source>Networks</source>
            <translation>Netze</translation>
        </message>
        <message>
            <source>deep learning,neural network,u-net,semantic segmentation,land cover,training,classification</source>
            <translation>Deep Learning,neuronales Netz,U-Net,semantische Segmentierung,Landbedeckung,Training,Klassifikation</translation>
        </message>
        <message>
            <source>Images</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <source>Minutes at most (0: no limit)</source>
            <translation>Höchstens so viele Minuten (0: unbegrenzt)</translation>
        </message>
        <message>
            <source>Training settings</source>
            <translation>Einstellungen des Trainings</translation>
        </message>
        <message>
            <source>Epochs at most (0: automatic)</source>
            <translation>Höchstens so viele Epochen (0: automatisch)</translation>
        </message>
        <message>
            <source>Options of the network (name=number …)</source>
            <translation>Optionen des Netzes (Name=Zahl …)</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>Verlustfunktion</translation>
        </message>
        <message>
            <source>Second task beside the classes</source>
            <translation>Zweite Aufgabe neben den Klassen</translation>
        </message>
        <message>
            <source>Random changes of the patches</source>
            <translation>Zufällige Veränderungen der Ausschnitte</translation>
        </message>
        <message>
            <source>Weights to start from: a file, or a name such as imagenet</source>
            <translation>Startgewichte: eine Datei oder ein Name wie imagenet</translation>
        </message>
        <message>
            <source>Side of a training patch in pixels (0: automatic)</source>
            <translation>Seite eines Trainingsausschnitts in Pixeln (0: automatisch)</translation>
        </message>
        <message>
            <source>Patches per step (0: automatic)</source>
            <translation>Ausschnitte je Schritt (0: automatisch)</translation>
        </message>
        <message>
            <source>Learning rate (0: automatic)</source>
            <translation>Lernrate (0: automatisch)</translation>
        </message>
        <message>
            <source>Fraction of the labelled blocks kept for validation</source>
            <translation>Für die Validierung zurückgehaltener Anteil der Blöcke mit Labels</translation>
        </message>
        <message>
            <source>Validate inside these polygons instead</source>
            <translation>Stattdessen innerhalb dieser Polygone validieren</translation>
        </message>
        <message>
            <source>Continue an interrupted training</source>
            <translation>Ein unterbrochenes Training fortsetzen</translation>
        </message>
        <message>
            <source>The same seed gives the same model on a GPU too (slower)</source>
            <translation>Derselbe Startwert ergibt auch auf einer GPU dasselbe Modell (langsamer)</translation>
        </message>
        <message>
            <source>none for this network</source>
            <translation>keine für dieses Netz</translation>
        </message>
        <message>
            <source>Labels: polygons or class rasters</source>
            <translation>Labels: Polygone oder Klassenraster</translation>
        </message>
        <message>
            <source>As published</source>
            <translation>Wie veröffentlicht</translation>
        </message>
        <message>
            <source>{network} cannot learn {auxiliary} as a second task. Set AUXILIARY to auto or none.</source>
            <translation>{network} kann {auxiliary} nicht als zweite Aufgabe lernen. Setzen Sie AUXILIARY auf auto oder none.</translation>
        </message>
        <message>
            <source>{network} is our own variant: no settings were published. Set SCHEDULE to recommended.</source>
            <translation>{network} ist unsere eigene Variante: Es wurden keine Einstellungen veröffentlicht. Setzen Sie SCHEDULE auf die empfohlenen.</translation>
        </message>
        <message>
            <source>INITIAL is {path}: no such file, and no published weights of that name ({known}).</source>
            <translation>INITIAL ist {path}: Es gibt weder diese Datei noch veröffentlichte Gewichte dieses Namens ({known}).</translation>
        </message>
        <message>
            <source>Class</source>
            <translation>Klasse</translation>
        </message>
        <message>
            <source>Learning curve</source>
            <translation>Lernkurve</translation>
        </message>
        <message>
            <source>{count} epochs</source>
            <translation>{count} Epochen</translation>
        </message>
        <message>
            <source>in validation</source>
            <translation>in der Validierung</translation>
        </message>
        <message>
            <source>mean F1</source>
            <translation>mittleres F1</translation>
        </message>
        <message>
            <source>training block</source>
            <translation>Trainingsblock</translation>
        </message>
        <message>
            <source>validation block</source>
            <translation>Validierungsblock</translation>
        </message>
        <message>
            <source>last batch</source>
            <translation>letzter Stapel</translation>
        </message>
        <message>
            <source>Drag it to another corner, or press Ctrl and an arrow key.</source>
            <translation>Ziehen Sie es in eine andere Ecke, oder drücken Sie Strg und eine Pfeiltaste.</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Fortschritt</translation>
        </message>
        <message>
            <source>Fold or unfold</source>
            <translation>Ein- oder ausklappen</translation>
        </message>
        <message>
            <source>Starting …</source>
            <translation>Startet …</translation>
        </message>
        <message>
            <source>Share so far</source>
            <translation>Anteil bisher</translation>
        </message>
        <message>
            <source>Save it as job.json, and run: python -m engine {kind} job.json</source>
            <translation>Speichern Sie ihn als job.json und starten Sie: python -m engine {kind} job.json</translation>
        </message>
        <message>
            <source>Estimate</source>
            <translation>Abschätzen</translation>
        </message>
        <message>
            <source>Measures how long the run would take, on which device and with how much memory</source>
            <translation>Misst, wie lange der Lauf dauern würde, auf welchem Gerät und mit wie viel Speicher</translation>
        </message>
        <message>
            <source>Copy as</source>
            <translation>Kopieren als</translation>
        </message>
        <message>
            <source>Python command</source>
            <translation>Python-Befehl</translation>
        </message>
        <message>
            <source>qgis_process command</source>
            <translation>qgis_process-Befehl</translation>
        </message>
        <message>
            <source>Engine job, for a machine without QGIS</source>
            <translation>Auftrag für die Engine, für einen Rechner ohne QGIS</translation>
        </message>
        <message>
            <source>Measuring …</source>
            <translation>Misst …</translation>
        </message>
        <message>
            <source>Copied.</source>
            <translation>Kopiert.</translation>
        </message>
        <message>
            <source>Save {layers} first: another program cannot read unsaved layers and edits.</source>
            <translation>Speichern Sie zuerst {layers}: Ein anderes Programm kann nicht gespeicherte Layer und Änderungen nicht lesen.</translation>
        </message>
        <message>
            <source>time unknown</source>
            <translation>Dauer unbekannt</translation>
        </message>
        <message>
            <source>about {time} in all</source>
            <translation>etwa {time} insgesamt</translation>
        </message>
        <message>
            <source>windows: {windows}, in {precision}</source>
            <translation>Fenster: {windows}, in {precision}</translation>
        </message>
        <message>
            <source>{patches} per step</source>
            <translation>{patches} je Schritt</translation>
        </message>
        <message>
            <source>{epochs} epochs at most, {time} each</source>
            <translation>höchstens {epochs} Epochen, je {time}</translation>
        </message>
        <message>
            <source>about {size} of memory</source>
            <translation>etwa {size} Speicher</translation>
        </message>
        <message>
            <source>{network}, {count} bands ({bands})</source>
            <translation>{network}, {count} Bänder ({bands})</translation>
        </message>
        <message>
            <source>and {count} more</source>
            <translation>und {count} weitere</translation>
        </message>
        <message>
            <source>The card of {path} cannot be read.</source>
            <translation>Die Karte von {path} ist nicht lesbar.</translation>
        </message>
        <message>
            <source>“{parameter}” has no value.</source>
            <translation>„{parameter}“ hat keinen Wert.</translation>
        </message>
        <message>
            <source>A library was built for a newer processor than this one. Run Check the engine: it names the library.</source>
            <translation>Eine Bibliothek wurde für einen neueren Prozessor als diesen gebaut. Führen Sie „Engine prüfen“ aus: Es nennt die Bibliothek.</translation>
        </message>
        <message>
            <source>Run Check the engine to see which part fails. If it finds no fault, try again with more free memory.</source>
            <translation>Starten Sie „Engine prüfen“, um zu sehen, welcher Teil versagt. Wenn dabei kein Fehler gefunden wird, versuchen Sie es noch einmal mit mehr freiem Speicher.</translation>
        </message>
        <message>
            <source>The engine crashed: {crash} (exit code {code}).</source>
            <translation>Die Engine ist abgestürzt: {crash} (Exit-Code {code}).</translation>
        </message>
        <message>
            <source>The engine stopped without a result (exit code {code}).</source>
            <translation>Die Engine endete ohne Ergebnis (Exit-Code {code}).</translation>
        </message>
        <message>
            <source>{done} of {total} {unit}</source>
            <translation>{done} von {total} {unit}</translation>
        </message>
        <message>
            <source>{time} remaining</source>
            <translation>noch {time}</translation>
        </message>
        <message>
            <source>The finished part was kept: run it again with the same parameters to continue from there.</source>
            <translation>Der fertige Teil wurde behalten: Starten Sie mit denselben Parametern noch einmal, um dort weiterzumachen.</translation>
        </message>
        <message>
            <source>Another job is running, so this one starts a second engine. Both will be slower.</source>
            <translation>Ein anderer Auftrag läuft; daher startet dieser eine zweite Engine. Beide werden langsamer.</translation>
        </message>
        <message>
            <source>The run was cancelled.</source>
            <translation>Der Lauf wurde abgebrochen.</translation>
        </message>
        <message>
            <source>{path} could not be removed: {reason}.</source>
            <translation>{path} konnte nicht gelöscht werden: {reason}.</translation>
        </message>
        <message>
            <source>{name} has no style that can be read; QGIS chooses the colours. {message}</source>
            <translation>{name} hat keinen lesbaren Stil; QGIS wählt die Farben. {message}</translation>
        </message>
        <message>
            <source>“Model” is empty. Choose a .safetensors file made by Train segmenter.</source>
            <translation>„Modell“ ist leer. Wählen Sie eine .safetensors-Datei von „Segmentierer trainieren“.</translation>
        </message>
        <message>
            <source>Choose one of: {choices}.</source>
            <translation>Wählen Sie eines von: {choices}.</translation>
        </message>
        <message>
            <source>Give a number from {low:g} to {high:g}.</source>
            <translation>Geben Sie eine Zahl von {low:g} bis {high:g} an.</translation>
        </message>
        <message>
            <source>“{parameter}” is {value}. {remedy}</source>
            <translation>„{parameter}“ ist {value}. {remedy}</translation>
        </message>
        <message>
            <source>The output {path} is a folder. Give the name of a file in it.</source>
            <translation>Die Ausgabe {path} ist ein Ordner. Geben Sie den Namen einer Datei darin an.</translation>
        </message>
        <message>
            <source>There is no model {path}. Choose a .safetensors file made by Train segmenter.</source>
            <translation>Es gibt kein Modell {path}. Wählen Sie eine .safetensors-Datei von „Segmentierer trainieren“.</translation>
        </message>
        <message>
            <source>“{parameter}” is empty. Choose a layer.</source>
            <translation>„{parameter}“ ist leer. Wählen Sie einen Layer.</translation>
        </message>
        <message>
            <source>The output folder {folder} does not exist. Create it, or choose another one.</source>
            <translation>Den Ausgabeordner {folder} gibt es nicht. Legen Sie ihn an oder wählen Sie einen anderen.</translation>
        </message>
        <message>
            <source>{value} in “{parameter}” cannot be opened. Check that it exists and is a complete raster or vector file.</source>
            <translation>{value} in „{parameter}“ lässt sich nicht öffnen. Prüfen Sie, dass es eine vollständige Raster- oder Vektordatei ist.</translation>
        </message>
        <message>
            <source>The output folder {folder} may not be written to. Choose another one.</source>
            <translation>In den Ausgabeordner {folder} darf nicht geschrieben werden. Wählen Sie einen anderen.</translation>
        </message>
        <message>
            <source>“{parameter}” is {path}. Its name must end in {ending}.</source>
            <translation>„{parameter}“ ist {path}. Der Name muss auf {ending} enden.</translation>
        </message>
        <message>
            <source>Unknown: leave them out</source>
            <translation>Unbekannt: auslassen</translation>
        </message>
        <message>
            <source>Background: a class of its own</source>
            <translation>Hintergrund: eine eigene Klasse</translation>
        </message>
        <message>
            <source>Pixels without a label are</source>
            <translation>Pixel ohne Label sind</translation>
        </message>
        <message>
            <source>Field with the class of each polygon</source>
            <translation>Feld mit der Klasse jedes Polygons</translation>
        </message>
        <message>
            <source>Rasters with further bands</source>
            <translation>Raster mit weiteren Bändern</translation>
        </message>
        <message>
            <source>Model, or several to be averaged</source>
            <translation>Modell, oder mehrere, die gemittelt werden</translation>
        </message>
        <message>
            <source>Report</source>
            <translation>Bericht</translation>
        </message>
        <message>
            <source>Names and colours of the classes</source>
            <translation>Namen und Farben der Klassen</translation>
        </message>
        <message>
            <source>Raster Segmenter: maps of classes by neural networks</source>
            <translation>Raster Segmenter: Klassenkarten durch neuronale Netze</translation>
        </message>
        <message>
            <source>Python of the engine</source>
            <translation>Python der Engine</translation>
        </message>
        <message>
            <source>The model chain {file} is damaged. Reinstall Raster Segmenter.</source>
            <translation>Die Modellkette {file} ist beschädigt. Installieren Sie Raster Segmenter neu.</translation>
        </message>
        <message>
            <source>Join the selected</source>
            <translation>Auswahl vereinigen</translation>
        </message>
        <message>
            <source>Gives all selected classes the name and the colour of the first of them</source>
            <translation>Gibt allen ausgewählten Klassen Namen und Farbe der ersten</translation>
        </message>
        <message>
            <source>In the labels</source>
            <translation>In den Labels</translation>
        </message>
        <message>
            <source>Name in the map</source>
            <translation>Name in der Karte</translation>
        </message>
        <message>
            <source>Colour</source>
            <translation>Farbe</translation>
        </message>
        <message>
            <source>List the classes of the labels</source>
            <translation>Klassen der Labels auflisten</translation>
        </message>
        <message>
            <source>Add a row</source>
            <translation>Zeile hinzufügen</translation>
        </message>
        <message>
            <source>What the model is</source>
            <translation>Was das Modell ist</translation>
        </message>
        <message>
            <source>Press Run to map the buildings of Banepa, Nepal, with a model that was trained on the blue area.</source>
            <translation>Drücken Sie Starten, um die Gebäude von Banepa in Nepal zu kartieren, mit einem Modell, das auf der blauen Fläche trainiert wurde.</translation>
        </message>
        <message>
            <source>Banepa, aerial image</source>
            <translation>Banepa, Luftbild</translation>
        </message>
        <message>
            <source>Raster Segmenter: demo</source>
            <translation>Raster Segmenter: Demo</translation>
        </message>
        <message>
            <source>Buildings</source>
            <translation>Gebäude</translation>
        </message>
        <message>
            <source>Training area</source>
            <translation>Trainingsfläche</translation>
        </message>
        <message>
            <source>Test area</source>
            <translation>Testfläche</translation>
        </message>
        <message>
            <source>The demo's files cannot be copied to {folder}: {reason}.</source>
            <translation>Die Demodateien können nicht nach {folder} kopiert werden: {reason}.</translation>
        </message>
        <message>
            <source>Raster Segmenter: help</source>
            <translation>Raster Segmenter: Hilfe</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>Seiten</translation>
        </message>
        <message>
            <source>Page</source>
            <translation>Seite</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>Tutorial: a first map in ten minutes</source>
            <translation>Einführung: eine erste Karte in zehn Minuten</translation>
        </message>
        <message>
            <source>Troubleshooting</source>
            <translation>Problemlösung</translation>
        </message>
        <message>
            <source>Demo project</source>
            <translation>Demoprojekt</translation>
        </message>
        <message>
            <source>Loads an aerial image, labels and a trained model.</source>
            <translation>Lädt ein Luftbild, Labels und ein trainiertes Modell.</translation>
        </message>
        <message>
            <source>Show runs on the map</source>
            <translation>Läufe auf der Karte zeigen</translation>
        </message>
        <message>
            <source>Show legend and progress on the map</source>
            <translation>Legende und Fortschritt auf der Karte zeigen</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Hilfe</translation>
        </message>
        <message>
            <source>Tutorial, algorithms and troubleshooting.</source>
            <translation>Einführung, Algorithmen und Problemlösung.</translation>
        </message>
        <message>
            <source>Epoch {number}: loss {training:.3f}, in validation {validation:.3f}; mean F1 {f1:.3f}</source>
            <translation>Epoche {number}: Verlust {training:.3f}, in der Validierung {validation:.3f}; mittleres F1 {f1:.3f}</translation>
        </message>
        <message>
            <source>Mpx</source>
            <translation>Mpx</translation>
        </message>
        <message>
            <source>The engine sent a picture that does not fit its window: {tile}.</source>
            <translation>Die Engine hat ein Bild geschickt, das nicht zu seinem Fenster passt: {tile}.</translation>
        </message>
        <message>
            <source>Reinstall Raster Segmenter.</source>
            <translation>Installieren Sie Raster Segmenter neu.</translation>
        </message>
        <message>
            <source>In validation: overall accuracy {accuracy:.1%}, mean F1 {f1:.3f}, mean IoU {iou:.3f}</source>
            <translation>In der Validierung: Gesamtgenauigkeit {accuracy:.1%}, mittleres F1 {f1:.3f}, mittlere IoU {iou:.3f}</translation>
        </message>
        <message>
            <source>pixels of {width:.3g} × {height:.3g} m</source>
            <translation>Pixel von {width:.3g} × {height:.3g} m</translation>
        </message>
        <message>
            <source>Epoch {number}: loss {training:.3f}, in validation {validation:.3f}; mean F1 {f1:.3f}, mean IoU {iou:.3f}, overall accuracy {accuracy:.3f} ({seconds:.1f} s)</source>
            <translation>Epoche {number}: Verlust {training:.3f}, in der Validierung {validation:.3f}; mittleres F1 {f1:.3f}, mittlere IoU {iou:.3f}, Gesamtgenauigkeit {accuracy:.3f} ({seconds:.1f} s)</translation>
        </message>
        <message>
            <source>The engine has no Python with PyTorch yet.</source>
            <translation>Die Engine hat noch kein Python mit PyTorch.</translation>
        </message>
        <message>
            <source>Run this in a terminal:
"{own}" "{installer}" "{folder}"
It says how much it will download. Then enter {python} in Settings &gt; Options &gt; Processing &gt; Providers &gt; Raster Segmenter, or set the environment variable {variable} to it.</source>
            <translation>Führen Sie dies in einem Terminal aus:
"{own}" "{installer}" "{folder}"
Dabei wird gesagt, wie viel heruntergeladen wird. Tragen Sie dann {python} unter Einstellungen &gt; Optionen &gt; Verarbeitung &gt; Anbieter &gt; Raster Segmenter ein, oder in der Umgebungsvariablen {variable}.</translation>
        </message>
        <message>
            <source>osgeo (the Python module of GDAL)</source>
            <translation>osgeo (das Python-Modul von GDAL)</translation>
        </message>
        <message>
            <source>The engine's Python {path} ({source}) cannot run the engine.</source>
            <translation>Das Python der Engine {path} ({source}) kann sie nicht ausführen.</translation>
        </message>
        <message>
            <source>Run this in a terminal: "{python}" "{installer}"</source>
            <translation>Führen Sie in einem Terminal aus: "{python}" "{installer}"</translation>
        </message>
        <message>
            <source>Processing's options</source>
            <translation>den Optionen von Verarbeitung</translation>
        </message>
        <message>
            <source>the environment variable {name}</source>
            <translation>der Umgebungsvariablen {name}</translation>
        </message>
        <message>
            <source>QGIS's own Python</source>
            <translation>das Python von QGIS</translation>
        </message>
        <message>
            <source>The engine's Python {path}, named in {source}, is a folder without a Python.</source>
            <translation>Das Python der Engine {path}, genannt in {source}, ist ein Ordner ohne Python.</translation>
        </message>
        <message>
            <source>The engine's Python {path}, named in {source}, does not exist.</source>
            <translation>Das Python der Engine {path}, genannt in {source}, gibt es nicht.</translation>
        </message>
        <message>
            <source>The engine's Python {path} ({source}) lacks: {modules}.</source>
            <translation>Dem Python der Engine {path} ({source}) fehlt: {modules}.</translation>
        </message>
        <message>
            <source>Correct it there.</source>
            <translation>Berichtigen Sie es dort.</translation>
        </message>
        <message>
            <source>its answer is not that of a Python</source>
            <translation>seine Antwort ist nicht die eines Python</translation>
        </message>
        <message>
            <source>it gives no answer within {seconds} seconds</source>
            <translation>es antwortet nicht innerhalb von {seconds} Sekunden</translation>
        </message>
        <message>
            <source>it is not a program, or may not be run</source>
            <translation>es ist kein Programm oder darf nicht ausgeführt werden</translation>
        </message>
        <message>
            <source>it is not a program for this system</source>
            <translation>es ist kein Programm für dieses System</translation>
        </message>
        <message>
            <source>The engine's Python {path} ({source}) crashes as it loads GDAL: {crash}.</source>
            <translation>Das Python der Engine {path} ({source}) stürzt ab, wenn es GDAL lädt: {crash}.</translation>
        </message>
        <message>
            <source>it ends with exit code {code}</source>
            <translation>es endet mit dem Rückgabewert {code}</translation>
        </message>
        <message>
            <source>The engine's Python {path} ({source}) does not run as a Python 3: {error}.</source>
            <translation>Das Python der Engine {path} ({source}) läuft nicht als Python 3: {error}.</translation>
        </message>
        <message>
            <source>The layer {name} is not a raster or vector file (it comes from {provider}).</source>
            <translation>Der Layer {name} ist keine Raster- oder Vektordatei (er kommt von {provider}).</translation>
        </message>
        <message>
            <source>Export it first: a raster to GeoTIFF, a vector to GeoPackage.</source>
            <translation>Exportieren Sie ihn zuerst: ein Raster als GeoTIFF, Vektoren als GeoPackage.</translation>
        </message>
        <message>
            <source>The layer {name} is a table without geometries.</source>
            <translation>Der Layer {name} ist eine Tabelle ohne Geometrien.</translation>
        </message>
        <message>
            <source>Choose a layer of polygons.</source>
            <translation>Wählen Sie einen Layer mit Polygonen.</translation>
        </message>
        <message>
            <source>{entry} is not a new name of a class.</source>
            <translation>{entry} ist kein neuer Name einer Klasse.</translation>
        </message>
        <message>
            <source>Write old=new with semicolons between, such as concerte=concrete; 7=water #0000ff.</source>
            <translation>Schreiben Sie alt=neu mit Semikolons dazwischen, etwa concerte=concrete; 7=water #0000ff.</translation>
        </message>
        <message>
            <source>{word} is not a network option.</source>
            <translation>{word} ist keine Option des Netzes.</translation>
        </message>
        <message>
            <source>Write them as name=number with spaces between, such as width=16 depth=4.</source>
            <translation>Schreiben Sie sie als Name=Zahl mit Leerzeichen dazwischen, etwa width=16 depth=4.</translation>
        </message>
        <message>
            <source>The engine failed: {kind}: {error}.</source>
            <translation>In der Engine ist ein Fehler aufgetreten: {kind}: {error}.</translation>
        </message>
        <message>
            <source>Please report it with the log's last lines.</source>
            <translation>Bitte melden Sie das zusammen mit den letzten Zeilen des Protokolls.</translation>
        </message>
        <message>
            <source>The job file {path} cannot be read: {error}.</source>
            <translation>Die Auftragsdatei {path} kann nicht gelesen werden: {error}.</translation>
        </message>
        <message>
            <source>Check the path and the JSON in it, where C:\maps is written as C:/maps or C:\\maps.</source>
            <translation>Prüfen Sie den Pfad und das JSON in der Datei; C:\maps schreibt man darin als C:/maps oder C:\\maps.</translation>
        </message>
        <message>
            <source>Starting the engine.</source>
            <translation>Die Engine startet.</translation>
        </message>
        <message>
            <source>{name} {rate:.3g} Mpx/s, {agreement:.2%} alike</source>
            <translation>{name} {rate:.3g} Mpx/s, {agreement:.2%} gleich</translation>
        </message>
        <message>
            <source>Computes in {name}, the fastest whose labels agree with fp32 on {least:.1%} of a window: {figures}.</source>
            <translation>Gerechnet wird in {name}, der schnellsten Rechenart, deren Klassen in {least:.1%} eines Fensters mit fp32 übereinstimmen: {figures}.</translation>
        </message>
        <message>
            <source>{name} failed ({reason})</source>
            <translation>{name} ist gescheitert ({reason})</translation>
        </message>
        <message>
            <source>{device} does not compute convolutions in {precision}.</source>
            <translation>{device} berechnet keine Faltungen in {precision}.</translation>
        </message>
        <message>
            <source>Set PRECISION to auto or {known}.</source>
            <translation>Setzen Sie PRECISION auf auto oder {known}.</translation>
        </message>
        <message>
            <source>px</source>
            <translation>px</translation>
        </message>
        <message>
            <source>Memory ran out: going on with smaller windows.</source>
            <translation>Der Speicher reichte nicht: Es geht mit kleineren Fenstern weiter.</translation>
        </message>
        <message>
            <source>Values of {image} are unlike those in the training of {models}: {bands} (mean ± spread). The map may be wrong. Check the units, the order of the bands and how the image was processed.</source>
            <translation>Die Werte von {image} unterscheiden sich stark von denen im Training von {models}: {bands} (Mittelwert ± Streuung). Die Karte ist vielleicht falsch. Prüfen Sie die Einheiten, die Reihenfolge der Bänder und wie das Bild verarbeitet wurde.</translation>
        </message>
        <message>
            <source>{band} is {mean:.4g} ± {std:.3g} here and was {trained_mean:.4g} ± {trained_std:.3g}</source>
            <translation>{band} ist hier {mean:.4g} ± {std:.3g} und war {trained_mean:.4g} ± {trained_std:.3g}</translation>
        </message>
        <message>
            <source>the model</source>
            <translation>diesem Modell</translation>
        </message>
        <message>
            <source>all models</source>
            <translation>allen Modellen</translation>
        </message>
        <message>
            <source>Resuming an earlier run: {count} windows of {output} are finished.</source>
            <translation>Ein früherer Lauf wird fortgesetzt: {count} Fenster von {output} sind fertig.</translation>
        </message>
        <message>
            <source>{path} could not be written, probably because the disk is full: {error}.</source>
            <translation>{path} konnte nicht geschrieben werden, wahrscheinlich weil der Datenträger voll ist: {error}.</translation>
        </message>
        <message>
            <source>Free some space, or write elsewhere.</source>
            <translation>Schaffen Sie Platz, oder schreiben Sie an einen anderen Ort.</translation>
        </message>
        <message>
            <source>{path}, which an earlier run has left, is damaged: {error}.</source>
            <translation>{path}, von einem früheren Lauf hinterlassen, ist beschädigt: {error}.</translation>
        </message>
        <message>
            <source>Remove it and run again.</source>
            <translation>Löschen Sie die Datei, und starten Sie den Lauf noch einmal.</translation>
        </message>
        <message>
            <source>{path} belongs to a run with other settings, models, bands or grids, or of another version of the plugin. The map is started from the beginning.</source>
            <translation>{path} gehört zu einem Lauf mit anderen Einstellungen, Modellen, Bändern oder Gittern oder mit einer anderen Version des Plugins. Die Karte wird von vorn begonnen.</translation>
        </message>
        <message>
            <source>{path} cannot be read. The map is started from the beginning.</source>
            <translation>{path} kann nicht gelesen werden. Die Karte wird von vorn begonnen.</translation>
        </message>
        <message>
            <source>no CUDA device was found, because {reason}</source>
            <translation>kein CUDA-Gerät gefunden, denn {reason}</translation>
        </message>
        <message>
            <source>the NVIDIA driver offers no device to this PyTorch (CUDA {version}); the driver may be too old or the GPU hidden</source>
            <translation>der NVIDIA-Treiber bietet diesem PyTorch (CUDA {version}) kein Gerät an; vielleicht ist der Treiber zu alt oder die GPU verborgen</translation>
        </message>
        <message>
            <source>No CUDA device was found, because {reason}.</source>
            <translation>Es wurde kein CUDA-Gerät gefunden, denn {reason}.</translation>
        </message>
        <message>
            <source>Set the device to auto or cpu.</source>
            <translation>Setzen Sie das Gerät auf auto oder cpu.</translation>
        </message>
        <message>
            <source>This PyTorch finds no Apple GPU (Metal).</source>
            <translation>Dieses PyTorch findet keine Apple-GPU (Metal).</translation>
        </message>
        <message>
            <source>CPU ({threads} threads)</source>
            <translation>CPU ({threads} Threads)</translation>
        </message>
        <message>
            <source>CPU (1 thread)</source>
            <translation>CPU (1 Thread)</translation>
        </message>
        <message>
            <source>the CPU was asked for</source>
            <translation>die CPU wurde verlangt</translation>
        </message>
        <message>
            <source>the CUDA device does not work: {fault}</source>
            <translation>das CUDA-Gerät funktioniert nicht: {fault}</translation>
        </message>
        <message>
            <source>this PyTorch ({version}) was built without CUDA</source>
            <translation>dieses PyTorch ({version}) wurde ohne CUDA gebaut</translation>
        </message>
        <message>
            <source>no NVIDIA driver is installed</source>
            <translation>es ist kein NVIDIA-Treiber installiert</translation>
        </message>
        <message>
            <source>The CUDA device does not work: {fault}.</source>
            <translation>Das CUDA-Gerät funktioniert nicht: {fault}.</translation>
        </message>
        <message>
            <source>Install a PyTorch that was built for this GPU, or set the device to auto or cpu.</source>
            <translation>Installieren Sie ein PyTorch, das für diese GPU gebaut wurde, oder setzen Sie das Gerät auf auto oder cpu.</translation>
        </message>
        <message>
            <source>Metal is available</source>
            <translation>Metal ist verfügbar</translation>
        </message>
        <message>
            <source>Metal was asked for</source>
            <translation>Metal wurde verlangt</translation>
        </message>
        <message>
            <source>{name} (compute capability {capability}) with PyTorch {version} (built for {built}): {error}</source>
            <translation>{name} (Compute Capability {capability}) mit PyTorch {version} (gebaut für {built}): {error}</translation>
        </message>
        <message>
            <source>a CUDA device was found</source>
            <translation>ein CUDA-Gerät wurde gefunden</translation>
        </message>
        <message>
            <source>CUDA was asked for</source>
            <translation>CUDA wurde verlangt</translation>
        </message>
        <message>
            <source>no GPU</source>
            <translation>keine GPU</translation>
        </message>
        <message>
            <source>The training windows hold no valid pixel.</source>
            <translation>Die Trainingsfenster enthalten kein gültiges Pixel.</translation>
        </message>
        <message>
            <source>Check the image's nodata value and mask.</source>
            <translation>Prüfen Sie den Leerwert und die Maske des Bildes.</translation>
        </message>
        <message>
            <source>Every band of the training windows has the same value everywhere ({values}).</source>
            <translation>Jedes Band der Trainingsfenster hat überall denselben Wert ({values}).</translation>
        </message>
        <message>
            <source>Check that it is the right raster and that it is complete.</source>
            <translation>Prüfen Sie, ob es das richtige Raster ist und ob es vollständig ist.</translation>
        </message>
        <message>
            <source>The class map {map} and the reference {reference} have no labelled pixel in common.</source>
            <translation>Die Klassenkarte {map} und die Referenz {reference} haben kein Pixel mit Label gemeinsam.</translation>
        </message>
        <message>
            <source>All {px:,} labelled pixels lie where the map has no class.</source>
            <translation>Alle {px:,} Pixel mit Label liegen, wo die Karte keine Klasse hat.</translation>
        </message>
        <message>
            <source>Choose a reference that lies on the map, and check the CRS of the reference and of the map.</source>
            <translation>Wählen Sie eine Referenz, die auf der Karte liegt, und prüfen Sie das KBS der Referenz und der Karte.</translation>
        </message>
        <message>
            <source>No class of the reference ({found}) is a class of the map ({classes}).</source>
            <translation>Keine Klasse der Referenz ({found}) ist eine Klasse der Karte ({classes}).</translation>
        </message>
        <message>
            <source>Choose the field that holds the map's class codes or names.</source>
            <translation>Wählen Sie das Feld mit den Klassencodes oder Klassennamen der Karte.</translation>
        </message>
        <message>
            <source>Classes compared: {classes}.</source>
            <translation>Verglichene Klassen: {classes}.</translation>
        </message>
        <message>
            <source>The map holds values that its legend does not name ({values}); their pixels are left out.</source>
            <translation>Die Karte enthält Werte, die ihre Legende nicht nennt ({values}); deren Pixel werden ausgelassen.</translation>
        </message>
        <message>
            <source>All pixels compared have another class within {px} px: there are no figures without borders.</source>
            <translation>Alle verglichenen Pixel haben innerhalb von {px} px eine andere Klasse: Es gibt keine Zahlen ohne Grenzen.</translation>
        </message>
        <message>
            <source>No pixel that was compared has probabilities: there are no figures of them.</source>
            <translation>Kein verglichenes Pixel hat Wahrscheinlichkeiten: Es gibt keine Zahlen dazu.</translation>
        </message>
        <message>
            <source>Nothing was compared in the region(s) {regions}: they have no figures.</source>
            <translation>In diesen Regionen wurde nichts verglichen: {regions}. Für sie gibt es keine Zahlen.</translation>
        </message>
        <message>
            <source>Only the reference has {classes}: its {px:,} pixels count as errors.</source>
            <translation>Nur die Referenz hat {classes}: Diese {px:,} Pixel zählen als Fehler.</translation>
        </message>
        <message>
            <source>Only the map has {classes} where they were compared; the means leave them out.</source>
            <translation>Wo verglichen wurde, hat nur die Karte {classes}; die Mittelwerte lassen diese Klassen aus.</translation>
        </message>
        <message>
            <source>A value of the probabilities is outside 0 to 100 % and is not nodata.</source>
            <translation>Ein Wert der Wahrscheinlichkeiten liegt außerhalb von 0 bis 100 % und ist nicht der Leerwert.</translation>
        </message>
        <message>
            <source>Choose the probabilities that Classify raster wrote: percentages as 8-bit integers, or numbers from 0 to 1.</source>
            <translation>Wählen Sie die Wahrscheinlichkeiten, die „Raster klassifizieren“ geschrieben hat: Prozentwerte als 8-Bit-Ganzzahlen oder Zahlen von 0 bis 1.</translation>
        </message>
        <message>
            <source>px of errors written</source>
            <translation>px der Fehlerkarte geschrieben</translation>
        </message>
        <message>
            <source>Choose a class map: a raster with one band of whole numbers, as Classify raster writes it.</source>
            <translation>Wählen Sie eine Klassenkarte: ein Raster mit einem Band aus ganzen Zahlen, wie „Raster klassifizieren“ es schreibt.</translation>
        </message>
        <message>
            <source>Choose the probabilities that Classify raster wrote together with this map.</source>
            <translation>Wählen Sie die Wahrscheinlichkeiten, die „Raster klassifizieren“ zusammen mit dieser Karte geschrieben hat.</translation>
        </message>
        <message>
            <source>{path} has {bands} bands; a class map has one.</source>
            <translation>{path} hat {bands} Bänder; eine Klassenkarte hat eines.</translation>
        </message>
        <message>
            <source>{path} holds {dtype} values; classes are whole numbers.</source>
            <translation>{path} enthält Werte vom Typ {dtype}; Klassen sind ganze Zahlen.</translation>
        </message>
        <message>
            <source>{path} holds no class at all.</source>
            <translation>{path} enthält überhaupt keine Klasse.</translation>
        </message>
        <message>
            <source>{path} has {bands} band(s), but {map} has {classes} class(es).</source>
            <translation>{path} hat {bands} Band/Bänder, aber {map} hat {classes} Klasse(n).</translation>
        </message>
        <message>
            <source>The bands of {path} are {bands}, not {classes}.</source>
            <translation>Die Bänder von {path} sind {bands}, nicht {classes}.</translation>
        </message>
        <message>
            <source>{path} holds {dtype}; probabilities are percentages as 8-bit integers, or numbers from 0 to 1.</source>
            <translation>{path} enthält Werte vom Typ {dtype}; Wahrscheinlichkeiten sind Prozentwerte als 8-Bit-Ganzzahlen oder Zahlen von 0 bis 1.</translation>
        </message>
        <message>
            <source>{path} is not on the grid of {map} ({width} × {height} px and {map_width} × {map_height} px).</source>
            <translation>{path} liegt nicht auf dem Gitter von {map} ({width} × {height} px und {map_width} × {map_height} px).</translation>
        </message>
        <message>
            <source>px counted</source>
            <translation>px gezählt</translation>
        </message>
        <message>
            <source>windows searched</source>
            <translation>Fenstern durchsucht</translation>
        </message>
        <message>
            <source>The output {path} is a folder.</source>
            <translation>Die Ausgabe {path} ist ein Ordner.</translation>
        </message>
        <message>
            <source>Give the name of a file.</source>
            <translation>Geben Sie den Namen einer Datei an.</translation>
        </message>
        <message>
            <source>The output folder {folder} does not exist.</source>
            <translation>Den Ausgabeordner {folder} gibt es nicht.</translation>
        </message>
        <message>
            <source>Create it, or choose another one.</source>
            <translation>Legen Sie ihn an oder wählen Sie einen anderen.</translation>
        </message>
        <message>
            <source>The output {path} cannot be written: {reason}.</source>
            <translation>Die Ausgabe {path} kann nicht geschrieben werden: {reason}.</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>Wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>Choose a folder you may write to.</source>
            <translation>Wählen Sie einen Ordner, in den Sie schreiben dürfen.</translation>
        </message>
        <message>
            <source>its path is too long</source>
            <translation>ihr Pfad ist zu lang</translation>
        </message>
        <message>
            <source>Choose a shorter one: files of the run beside it have names of up to {letters} letters.</source>
            <translation>Wählen Sie einen kürzeren: Dateien des Laufs daneben haben Namen mit bis zu {letters} Buchstaben.</translation>
        </message>
        <message>
            <source>Choose another folder: Windows may keep programs from writing to this one (controlled folder access).</source>
            <translation>Wählen Sie einen anderen Ordner: Vielleicht hindert Windows Programme daran, in diesen zu schreiben (Überwachter Ordnerzugriff).</translation>
        </message>
        <message>
            <source>{path} could not be written: {reason}.</source>
            <translation>{path} konnte nicht geschrieben werden: {reason}.</translation>
        </message>
        <message>
            <source>Check that the folder exists and that you may write to it.</source>
            <translation>Prüfen Sie, ob der Ordner existiert und ob Sie darin schreiben dürfen.</translation>
        </message>
        <message>
            <source>The path {path} has characters that are not valid UTF-8.</source>
            <translation>Der Pfad {path} enthält Zeichen, die kein gültiges UTF-8 sind.</translation>
        </message>
        <message>
            <source>Rename the file or folder.</source>
            <translation>Benennen Sie die Datei oder den Ordner um.</translation>
        </message>
        <message>
            <source>{file} is also an input, or belongs to another output.</source>
            <translation>{file} ist auch eine Eingabe oder gehört zu einer anderen Ausgabe.</translation>
        </message>
        <message>
            <source>The disk is full: {path} could not be written.</source>
            <translation>Der Datenträger ist voll: {path} konnte nicht geschrieben werden.</translation>
        </message>
        <message>
            <source>The output {output}</source>
            <translation>Die Ausgabe {output}</translation>
        </message>
        <message>
            <source>{file}, which the output {output} needs,</source>
            <translation>{file}, für die Ausgabe {output} nötig,</translation>
        </message>
        <message>
            <source>Fetching {url} into {folder}.</source>
            <translation>{url} wird nach {folder} heruntergeladen.</translation>
        </message>
        <message>
            <source>{name} was fetched before: {path}.</source>
            <translation>{name} wurde schon früher heruntergeladen: {path}.</translation>
        </message>
        <message>
            <source>The file from {url} is not the published file: its SHA-256 begins with {found}, not with {expected}.</source>
            <translation>Die Datei von {url} ist nicht die veröffentlichte: Ihr SHA-256 beginnt mit {found}, nicht mit {expected}.</translation>
        </message>
        <message>
            <source>Try again, or download the file by hand and give its path as INITIAL.</source>
            <translation>Versuchen Sie es noch einmal, oder laden Sie die Datei selbst herunter und geben Sie ihren Pfad als INITIAL an.</translation>
        </message>
        <message>
            <source>{url} could not be fetched: {reason}.</source>
            <translation>{url} konnte nicht heruntergeladen werden: {reason}.</translation>
        </message>
        <message>
            <source>Check the network, or download the file by hand and give its path as INITIAL.</source>
            <translation>Prüfen Sie die Netzwerkverbindung, oder laden Sie die Datei selbst herunter und geben Sie ihren Pfad als INITIAL an.</translation>
        </message>
        <message>
            <source>MB</source>
            <translation>MB</translation>
        </message>
        <message>
            <source>Files in {folder} cannot be locked, so two runs could write {output} at once: perhaps it is a network drive.</source>
            <translation>Dateien in {folder} können nicht gesperrt werden; so könnten zwei Läufe {output} zugleich schreiben. Vielleicht ist es ein Netzlaufwerk.</translation>
        </message>
        <message>
            <source>Write to a folder of this computer, and copy the result.</source>
            <translation>Schreiben Sie in einen Ordner auf diesem Rechner, und kopieren Sie das Ergebnis.</translation>
        </message>
        <message>
            <source>Another run is writing {output}.</source>
            <translation>Ein anderer Lauf schreibt gerade {output}.</translation>
        </message>
        <message>
            <source>Wait until it has ended, or write elsewhere.</source>
            <translation>Warten Sie, bis er beendet ist, oder schreiben Sie an einen anderen Ort.</translation>
        </message>
        <message>
            <source>{path} is needed for the lock of the output but cannot be used: {error}.</source>
            <translation>{path} wird für die Sperre der Ausgabe gebraucht, kann aber nicht benutzt werden: {error}.</translation>
        </message>
        <message>
            <source>Move it, or choose another output.</source>
            <translation>Verschieben Sie die Datei, oder wählen Sie eine andere Ausgabe.</translation>
        </message>
        <message>
            <source>Set a smaller TILE_PX, PATCH_PX or BATCH, a narrower network, or the device to cpu.</source>
            <translation>Setzen Sie TILE_PX, PATCH_PX oder BATCH kleiner, nehmen Sie ein schmaleres Netz, oder setzen Sie das Gerät auf cpu.</translation>
        </message>
        <message>
            <source>Memory ran out: {reason}.</source>
            <translation>Der Speicher reichte nicht: {reason}.</translation>
        </message>
        <message>
            <source>Memory ran out.</source>
            <translation>Der Speicher reichte nicht.</translation>
        </message>
        <message>
            <source>Please report it with this message and the log.</source>
            <translation>Bitte melden Sie das mit dieser Meldung und dem Protokoll.</translation>
        </message>
        <message>
            <source>Every part of the engine works.</source>
            <translation>Jeder Teil der Engine funktioniert.</translation>
        </message>
        <message>
            <source>{device}: {reason}</source>
            <translation>{device}: {reason}</translation>
        </message>
        <message>
            <source>The engine fails to {part}. {error} ({versions})</source>
            <translation>Die Engine scheitert an diesem Teil: {part}. {error} ({versions})</translation>
        </message>
        <message>
            <source>Set the device to cpu: if the check passes there, it is the GPU or its driver.</source>
            <translation>Setzen Sie das Gerät auf cpu: Wenn die Prüfung dort gelingt, liegt es an der GPU oder ihrem Treiber.</translation>
        </message>
        <message>
            <source>only {pixels} of {all} pixels are classified</source>
            <translation>nur {pixels} von {all} Pixeln sind klassifiziert</translation>
        </message>
        <message>
            <source>It gives wrong results: {wrong}.</source>
            <translation>Das Ergebnis ist falsch: {wrong}.</translation>
        </message>
        <message>
            <source>load the libraries</source>
            <translation>Bibliotheken laden</translation>
        </message>
        <message>
            <source>look up coordinate reference systems</source>
            <translation>Koordinatenbezugssysteme nachschlagen</translation>
        </message>
        <message>
            <source>write a raster</source>
            <translation>ein Raster schreiben</translation>
        </message>
        <message>
            <source>close a raster</source>
            <translation>ein Raster schließen</translation>
        </message>
        <message>
            <source>read a raster</source>
            <translation>ein Raster lesen</translation>
        </message>
        <message>
            <source>write a class map</source>
            <translation>eine Klassenkarte schreiben</translation>
        </message>
        <message>
            <source>write a cloud-optimised GeoTIFF</source>
            <translation>ein cloud-optimiertes GeoTIFF schreiben</translation>
        </message>
        <message>
            <source>warp a raster</source>
            <translation>ein Raster transformieren</translation>
        </message>
        <message>
            <source>turn a map into polygons</source>
            <translation>eine Karte in Polygone umwandeln</translation>
        </message>
        <message>
            <source>turn polygons into labels</source>
            <translation>Polygone in Labels umwandeln</translation>
        </message>
        <message>
            <source>train two steps</source>
            <translation>zwei Schritte trainieren</translation>
        </message>
        <message>
            <source>classify</source>
            <translation>klassifizieren</translation>
        </message>
        <message>
            <source>evaluate</source>
            <translation>auswerten</translation>
        </message>
        <message>
            <source>parts</source>
            <translation>Teilen</translation>
        </message>
        <message>
            <source>the pixels that were read differ from those that were written</source>
            <translation>die gelesenen Pixel unterscheiden sich von den geschriebenen</translation>
        </message>
        <message>
            <source>the classes that were read differ from those that were written</source>
            <translation>die gelesenen Klassen unterscheiden sich von den geschriebenen</translation>
        </message>
        <message>
            <source>a raster that is 9 everywhere has other values when warped</source>
            <translation>ein Raster, das überall 9 ist, hat nach dem Transformieren andere Werte</translation>
        </message>
        <message>
            <source>four patches make {count} polygons</source>
            <translation>aus vier Flächen werden {count} Polygone</translation>
        </message>
        <message>
            <source>the polygons of a map do not give that map</source>
            <translation>die Polygone einer Karte ergeben nicht diese Karte</translation>
        </message>
        <message>
            <source>the overall accuracy is {accuracy}</source>
            <translation>die Gesamtgenauigkeit ist {accuracy}</translation>
        </message>
        <message>
            <source>{part}: {seconds:.2f} s</source>
            <translation>{part}: {seconds:.2f} s</translation>
        </message>
        <message>
            <source>Checking: {part}.</source>
            <translation>Geprüft wird: {part}.</translation>
        </message>
        <message>
            <source>{path} knows the classes {classes}; {first_path} knows {first_classes}.</source>
            <translation>{path} kennt die Klassen {classes}; {first_path} kennt {first_classes}.</translation>
        </message>
        <message>
            <source>Choose models of the same classes, trained on the same legend.</source>
            <translation>Wählen Sie Modelle mit denselben Klassen, die mit derselben Legende trainiert wurden.</translation>
        </message>
        <message>
            <source>{count} of at most {width} × {height} px</source>
            <translation>{count} mit höchstens {width} × {height} px</translation>
        </message>
        <message>
            <source>the model was trained on</source>
            <translation>das Modell wurde trainiert mit</translation>
        </message>
        <message>
            <source>{image} has no coordinate reference system, so its pixel size cannot be compared with that of the training. It is classified as if both pixel sizes were the same.</source>
            <translation>{image} hat kein Koordinatenbezugssystem; daher lässt sich die Pixelgröße nicht mit der des Trainings vergleichen. Klassifiziert wird, als wären beide gleich.</translation>
        </message>
        <message>
            <source>The images that {model} was trained on have no coordinate reference system, so their pixel size cannot be compared with the raster's. It is classified as if both pixel sizes were the same.</source>
            <translation>Die Bilder, mit denen {model} trainiert wurde, haben kein Koordinatenbezugssystem; daher lässt sich ihre Pixelgröße nicht mit der des Rasters vergleichen. Klassifiziert wird, als wären beide gleich.</translation>
        </message>
        <message>
            <source>The pixels of {image} are so much smaller than those that {model} was trained on that one window would hold too many of them.</source>
            <translation>Die Pixel von {image} sind so viel kleiner als die, mit denen {model} trainiert wurde, dass ein einziges Fenster zu viele davon enthielte.</translation>
        </message>
        <message>
            <source>Resample the raster to the pixel size of the training, or set RESOLUTION to as_raster.</source>
            <translation>Rechnen Sie das Raster auf die Pixelgröße des Trainings um, oder setzen Sie RESOLUTION auf as_raster.</translation>
        </message>
        <message>
            <source>Computes in {precision}, as all small rasters with this model on this computer: a test for each of them would take longer than it saves.</source>
            <translation>Gerechnet wird in {precision}, wie bei allen kleinen Rastern mit diesem Modell auf diesem Rechner: Ein Test für jedes von ihnen würde länger dauern, als er einspart.</translation>
        </message>
        <message>
            <source>Pixels of {image} are {x:.3g} × {y:.3g} m, in training they were {trained_x:.3g} × {trained_y:.3g} m: the objects that the model has learnt cannot be seen at this pixel size.</source>
            <translation>Die Pixel von {image} messen {x:.3g} × {y:.3g} m, im Training waren es {trained_x:.3g} × {trained_y:.3g} m: Die Objekte, die das Modell gelernt hat, sind bei dieser Pixelgröße nicht zu sehen.</translation>
        </message>
        <message>
            <source>Choose a model for such images, or set RESOLUTION to as_raster.</source>
            <translation>Wählen Sie ein Modell für solche Bilder, oder setzen Sie RESOLUTION auf as_raster.</translation>
        </message>
        <message>
            <source>Pixels are {x:.3g} × {y:.3g} m, in training they were {trained_x:.3g} × {trained_y:.3g} m. The raster is resampled to the pixel size of the training and classified, and the result is resampled back.</source>
            <translation>Die Pixel messen {x:.3g} × {y:.3g} m, im Training waren es {trained_x:.3g} × {trained_y:.3g} m. Das Raster wird auf die Pixelgröße des Trainings umgerechnet und klassifiziert, und das Ergebnis wird zurückgerechnet.</translation>
        </message>
        <message>
            <source>The pixel size on the ground is unknown: the raster or the training images have no CRS.</source>
            <translation>Die Pixelgröße am Boden ist unbekannt: Das Raster oder die Trainingsbilder haben kein KBS.</translation>
        </message>
        <message>
            <source>Assign the raster's CRS, or set RESOLUTION to as_raster.</source>
            <translation>Weisen Sie dem Raster sein KBS zu, oder setzen Sie RESOLUTION auf as_raster.</translation>
        </message>
        <message>
            <source>The raster's files may have changed. The finished windows are compared with what they hold now.</source>
            <translation>Die Dateien des Rasters haben sich vielleicht geändert. Die fertigen Fenster werden mit dem verglichen, was die Dateien jetzt enthalten.</translation>
        </message>
        <message>
            <source>{unchanged} finished windows are unchanged, {changed} are computed again.</source>
            <translation>{unchanged} fertige Fenster sind unverändert, {changed} werden neu berechnet.</translation>
        </message>
        <message>
            <source>finished windows read again</source>
            <translation>fertigen Fenstern erneut gelesen</translation>
        </message>
        <message>
            <source>What is finished of the map stays in {partial}; the next run continues from it.</source>
            <translation>Was von der Karte fertig ist, bleibt in {partial}; der nächste Lauf macht dort weiter.</translation>
        </message>
        <message>
            <source>What an earlier run has left of {name} could not be removed: {error}.</source>
            <translation>Was ein früherer Lauf von {name} hinterlassen hat, konnte nicht gelöscht werden: {error}.</translation>
        </message>
        <message>
            <source>No pixel was classified: the raster has no data inside the area and extent of the map.</source>
            <translation>Kein Pixel wurde klassifiziert: In Gebiet und Ausdehnung der Karte hat das Raster keine Daten.</translation>
        </message>
        <message>
            <source>{by} {count} ({names})</source>
            <translation>{by} {count} ({names})</translation>
        </message>
        <message>
            <source>{held}; {masks}; {needed}.</source>
            <translation>{held}; {masks}; {needed}.</translation>
        </message>
        <message>
            <source>{count} in all</source>
            <translation>{count} insgesamt</translation>
        </message>
        <message>
            <source>If it holds values of the image, such as near infrared, untag it: gdal_edit.py {change} "{image}", or the tool Translate with the additional parameters {change}.</source>
            <translation>Wenn es Werte des Bildes enthält, etwa nahes Infrarot, entfernen Sie die Markierung: mit gdal_edit.py {change} "{image}" oder mit dem Werkzeug „Umwandeln“ und den weiteren Kommandozeilenparametern {change}.</translation>
        </message>
        <message>
            <source>The bands of {image} are {bands}; {by} {expected}.</source>
            <translation>Die Bänder von {image} sind {bands}; {by} {expected}.</translation>
        </message>
        <message>
            <source>Reorder the bands, for example with the tool Rearrange bands.</source>
            <translation>Ordnen Sie die Bänder um, zum Beispiel mit dem Werkzeug „Kanäle anordnen“.</translation>
        </message>
        <message>
            <source>{held}; {needed}.</source>
            <translation>{held}; {needed}.</translation>
        </message>
        <message>
            <source>Choose rasters with the same bands, or train a model on this one's.</source>
            <translation>Wählen Sie Raster mit denselben Bändern, oder trainieren Sie ein Modell mit denen dieses Rasters.</translation>
        </message>
        <message>
            <source>band {number} of {image} is tagged alpha and so taken as a mask</source>
            <translation>Band {number} von {image} ist als Alpha markiert und gilt daher als Maske</translation>
        </message>
        <message>
            <source>{image} has 1 band</source>
            <translation>{image} hat 1 Band</translation>
        </message>
        <message>
            <source>{image} has {count} bands</source>
            <translation>{image} hat {count} Bänder</translation>
        </message>
        <message>
            <source>{image} adds {count}</source>
            <translation>{image} fügt {count} hinzu</translation>
        </message>
        <message>
            <source>Band {number} of {image} is tagged alpha: it is taken as a mask and teaches nothing.</source>
            <translation>Band {number} von {image} ist als Alpha markiert: Es gilt als Maske, und aus ihm wird nichts gelernt.</translation>
        </message>
        <message>
            <source>{image} holds {dtype}, {by} {expected}: check that values mean the same.</source>
            <translation>{image} enthält {dtype}, {by} {expected}: Prüfen Sie, ob die Werte dasselbe bedeuten.</translation>
        </message>
        <message>
            <source>Pixels of {image} are {x:.3g} × {y:.3g} m, {by} {expected_x:.3g} × {expected_y:.3g} m: resample it for a better map.</source>
            <translation>Die Pixel von {image} messen {x:.3g} × {y:.3g} m, {by} {expected_x:.3g} × {expected_y:.3g} m: Rechnen Sie das Raster um, um eine bessere Karte zu bekommen.</translation>
        </message>
        <message>
            <source>Both a model and a network are named.</source>
            <translation>Es sind ein Modell und ein Netz angegeben.</translation>
        </message>
        <message>
            <source>Neither a model nor a network is named.</source>
            <translation>Es ist weder ein Modell noch ein Netz angegeben.</translation>
        </message>
        <message>
            <source>Give MODEL to describe a file, or NETWORK to describe a network.</source>
            <translation>Geben Sie MODEL an, um eine Datei zu beschreiben, oder NETWORK, um ein Netz zu beschreiben.</translation>
        </message>
        <message>
            <source>A {kind} job cannot be estimated.</source>
            <translation>Ein Auftrag der Art {kind} kann nicht abgeschätzt werden.</translation>
        </message>
        <message>
            <source>Estimate a train or a classify job.</source>
            <translation>Schätzen Sie einen Auftrag der Art train oder classify ab.</translation>
        </message>
        <message>
            <source>counting pixels needs no GPU</source>
            <translation>zum Zählen von Pixeln ist keine GPU nötig</translation>
        </message>
        <message>
            <source>Figures are of the points alone, not of the whole map. {reason}</source>
            <translation>Die Zahlen gelten nur für die Punkte, nicht für die ganze Karte. {reason}</translation>
        </message>
        <message>
            <source>Tiles of {side_px} px, overlapping by {overlap} %.</source>
            <translation>Kacheln von {side_px} px, die sich um {overlap} % überlappen.</translation>
        </message>
        <message>
            <source>file</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>On a tile of random values, ONNX Runtime gives the same result as the network. The file has {size:,.1f} MB.</source>
            <translation>Auf einer Kachel mit zufälligen Werten liefert ONNX Runtime dasselbe Ergebnis wie das Netz. Die Datei hat {size:,.1f} MB.</translation>
        </message>
        <message>
            <source>The file counts classes from 0. Their values in maps of Classify raster are in brackets: {classes}.</source>
            <translation>Die Datei zählt die Klassen ab 0. Ihre Werte in Karten von „Raster klassifizieren“ stehen in Klammern: {classes}.</translation>
        </message>
        <message>
            <source>The model's pixel size is unknown: set the resolution by hand where the file is used.</source>
            <translation>Die Pixelgröße des Modells ist unbekannt: Stellen Sie die Auflösung dort, wo die Datei benutzt wird, von Hand ein.</translation>
        </message>
        <message>
            <source>Choose another class map, or an area that it covers.</source>
            <translation>Wählen Sie eine andere Klassenkarte, oder eine Fläche, die sie bedeckt.</translation>
        </message>
        <message>
            <source>No pixel of {path} has a class.</source>
            <translation>Kein Pixel von {path} hat eine Klasse.</translation>
        </message>
        <message>
            <source>If {accuracy:.0%} of the pixels of each class are correct, overall accuracy will have a standard error of {error:.4f}.</source>
            <translation>Wenn {accuracy:.0%} der Pixel jeder Klasse richtig sind, hat die Gesamtgenauigkeit einen Standardfehler von {error:.4f}.</translation>
        </message>
        <message>
            <source>No pixel of {path} within {area} has a class.</source>
            <translation>Kein Pixel von {path} innerhalb von {area} hat eine Klasse.</translation>
        </message>
        <message>
            <source>{points} points are too few for {classes} classes with {fewest} points each.</source>
            <translation>{points} Punkte sind zu wenige für {classes} Klassen mit je {fewest} Punkten.</translation>
        </message>
        <message>
            <source>Ask for {needed} points or more, or {lower}.</source>
            <translation>Verlangen Sie {needed} Punkte oder mehr, oder {lower}.</translation>
        </message>
        <message>
            <source>no pixels, so no points are drawn</source>
            <translation>keine Pixel, daher werden keine Punkte gezogen</translation>
        </message>
        <message>
            <source>{points} points in all. {expected}</source>
            <translation>{points} Punkte insgesamt. {expected}</translation>
        </message>
        <message>
            <source>drawing points needs no GPU</source>
            <translation>zum Ziehen von Punkten ist keine GPU nötig</translation>
        </message>
        <message>
            <source>lower FEWEST to {most}</source>
            <translation>senken Sie FEWEST auf {most}</translation>
        </message>
        <message>
            <source>join classes</source>
            <translation>vereinigen Sie Klassen</translation>
        </message>
        <message>
            <source>{px:,} px ({share:.2%}), {points} points</source>
            <translation>{px:,} px ({share:.2%}), {points} Punkte</translation>
        </message>
        <message>
            <source>{value} {name}: {drawn}.</source>
            <translation>{value} {name}: {drawn}.</translation>
        </message>
        <message>
            <source>{px:,} px hold values that the map's legend does not name; no point is drawn there.</source>
            <translation>{px:,} px enthalten Werte, die die Legende der Karte nicht nennt; dort wird kein Punkt gezogen.</translation>
        </message>
        <message>
            <source>Some pixels cover {percent:.0f} % more ground than others; points stand for pixels, not for ground. Reproject the map to an equal-area projection for figures of ground.</source>
            <translation>Manche Pixel bedecken {percent:.0f} % mehr Boden als andere; die Punkte stehen für Pixel, nicht für Bodenfläche. Transformieren Sie die Karte in eine flächentreue Projektion, um Zahlen für die Bodenfläche zu bekommen.</translation>
        </message>
        <message>
            <source>{path} has no coordinate reference system: set it first, or the points cannot be evaluated.</source>
            <translation>{path} hat kein Koordinatenbezugssystem: Legen Sie es zuerst fest, sonst können die Punkte nicht ausgewertet werden.</translation>
        </message>
        <message>
            <source>a multiple of {multiple}</source>
            <translation>ein Vielfaches von {multiple}</translation>
        </message>
        <message>
            <source>PATCH_PX is {asked}; {network} needs {sizes}.</source>
            <translation>PATCH_PX ist {asked}; {network} braucht {sizes}.</translation>
        </message>
        <message>
            <source>Set {patch_px}, for example.</source>
            <translation>Setzen Sie zum Beispiel {patch_px}.</translation>
        </message>
        <message>
            <source>With PATCH_PX {patch_px} and BATCH 1, {network} has too few values for its batch norm.</source>
            <translation>Mit PATCH_PX {patch_px} und BATCH 1 hat {network} zu wenige Werte für seine Batch-Normalisierung.</translation>
        </message>
        <message>
            <source>Set a larger BATCH, or a larger PATCH_PX where the labels have room for it.</source>
            <translation>Setzen Sie BATCH höher, oder PATCH_PX, wo die Labels Platz dafür haben.</translation>
        </message>
        <message>
            <source>a multiple of {multiple} plus {rest}</source>
            <translation>ein Vielfaches von {multiple} plus {rest}</translation>
        </message>
        <message>
            <source>The class {name!r} {where}.</source>
            <translation>Die Klasse {name!r} {where}.</translation>
        </message>
        <message>
            <source>Label the class in other places too, or remove it.</source>
            <translation>Zeichnen Sie Labels der Klasse auch an anderen Stellen, oder entfernen Sie sie.</translation>
        </message>
        <message>
            <source>Class {value} {name}: {training:,} px ({training_share:.1%}) for training, {validation:,} px ({validation_share:.1%}) for validation{features}.</source>
            <translation>Klasse {value} {name}: {training:,} px ({training_share:.1%}) zum Training, {validation:,} px ({validation_share:.1%}) zur Validierung{features}.</translation>
        </message>
        <message>
            <source>has labels in the validation area only</source>
            <translation>hat nur in der Validierungsfläche Labels</translation>
        </message>
        <message>
            <source>has no labelled pixel on valid image data</source>
            <translation>hat kein Pixel mit Label auf gültigen Bilddaten</translation>
        </message>
        <message>
            <source>{name!r} has only {training:,} px to learn from, so expect many errors. Label more of it.</source>
            <translation>{name!r} hat nur {training:,} px zum Lernen; rechnen Sie mit vielen Fehlern. Zeichnen Sie mehr Labels dieser Klasse.</translation>
        </message>
        <message>
            <source>No validation pixel of {name!r}: its accuracy stays unknown. Label it in more places.</source>
            <translation>Kein Validierungspixel von {name!r}: Die Genauigkeit dieser Klasse bleibt unbekannt. Zeichnen Sie Labels davon an mehr Stellen.</translation>
        </message>
        <message>
            <source>{name!r} has only {validation:,} validation px: its accuracy is uncertain. Label it in more places.</source>
            <translation>{name!r} hat nur {validation:,} px zur Validierung: Die Genauigkeit dieser Klasse ist unsicher. Zeichnen Sie Labels davon an mehr Stellen.</translation>
        </message>
        <message>
            <source>, from {count:,} polygons or other features</source>
            <translation>, aus {count:,} Polygonen oder anderen Objekten</translation>
        </message>
        <message>
            <source>{image} has</source>
            <translation>{image} hat</translation>
        </message>
        <message>
            <source>In {bands}, all training pixels have one value: nothing is learnt from it.</source>
            <translation>In {bands} haben alle Trainingspixel denselben Wert: Daraus wird nichts gelernt.</translation>
        </message>
        <message>
            <source>windows measured</source>
            <translation>Fenstern gemessen</translation>
        </message>
        <message>
            <source>band {number}</source>
            <translation>Band {number}</translation>
        </message>
        <message>
            <source>{title} ({network}) has no published settings: it is our own variant.</source>
            <translation>{title} ({network}) hat keine veröffentlichten Einstellungen: Es ist unsere eigene Variante.</translation>
        </message>
        <message>
            <source>Set SCHEDULE to recommended, or choose a network of a paper.</source>
            <translation>Setzen Sie SCHEDULE auf recommended, oder wählen Sie ein Netz aus einem Artikel.</translation>
        </message>
        <message>
            <source>The labels hold only one class, {name!r}; there is nothing to tell apart.</source>
            <translation>Die Labels enthalten nur eine Klasse, {name!r}; es gibt nichts zu unterscheiden.</translation>
        </message>
        <message>
            <source>Give labels of a second class, or set UNLABELLED to background.</source>
            <translation>Geben Sie Labels einer zweiten Klasse an, oder setzen Sie UNLABELLED auf background.</translation>
        </message>
        <message>
            <source>No label raster has a name like that of {image}. The images have no coordinates, so labels are matched to them by name.</source>
            <translation>Kein Label-Raster heißt ähnlich wie {image}. Die Bilder haben keine Koordinaten; daher werden ihnen die Labels nach dem Namen zugeordnet.</translation>
        </message>
        <message>
            <source>Give each label raster the name of its image, or georeference both.</source>
            <translation>Geben Sie jedem Label-Raster den Namen seines Bildes, oder georeferenzieren Sie beide.</translation>
        </message>
        <message>
            <source>{image} is matched with {labels}, by their names.</source>
            <translation>{image} wird nach den Namen {labels} zugeordnet.</translation>
        </message>
        <message>
            <source>{image}: {text}</source>
            <translation>{image}: {text}</translation>
        </message>
        <message>
            <source>recommended</source>
            <translation>empfohlen</translation>
        </message>
        <message>
            <source>as published</source>
            <translation>wie veröffentlicht</translation>
        </message>
        <message>
            <source>Settings, {schedule}: {recipe}.</source>
            <translation>Einstellungen ({schedule}): {recipe}.</translation>
        </message>
        <message>
            <source>The best model so far (epoch {epoch}, mean F1 {mean_f1:.3f} in validation) is {path}. If you start the same training again, it continues from there.</source>
            <translation>Das bisher beste Modell (Epoche {epoch}, mittleres F1 {mean_f1:.3f} in der Validierung) ist {path}. Wenn Sie dasselbe Training noch einmal starten, macht es dort weiter.</translation>
        </message>
        <message>
            <source>The GPU failed: {reason}.</source>
            <translation>Die GPU hat versagt: {reason}.</translation>
        </message>
        <message>
            <source>Check it with the tool Check the engine.</source>
            <translation>Prüfen Sie sie mit dem Werkzeug „Engine prüfen“.</translation>
        </message>
        <message>
            <source>No pixel of the image lies within {limits}.</source>
            <translation>Kein Pixel des Bildes liegt innerhalb von {limits}.</translation>
        </message>
        <message>
            <source>Choose a part of the image, or all of it.</source>
            <translation>Wählen Sie einen Teil des Bildes oder das ganze.</translation>
        </message>
        <message>
            <source>{area} and the extent {extent}</source>
            <translation>{area} und der Ausdehnung {extent}</translation>
        </message>
        <message>
            <source>{holder} has {count} different classes or more. At most {most} classes are possible, because they are stored in 8 bits; their codes may be any from 0 to {highest}.</source>
            <translation>{holder} hat {count} oder mehr verschiedene Klassen. Möglich sind höchstens {most} Klassen, denn sie werden in 8 Bit gespeichert; ihre Codes können beliebig von 0 bis {highest} sein.</translation>
        </message>
        <message>
            <source>Choose a field or raster that holds classes, or join classes.</source>
            <translation>Wählen Sie ein Feld oder ein Raster, das Klassen enthält, oder vereinigen Sie Klassen.</translation>
        </message>
        <message>
            <source>{reference} holds the class code {value}; codes from 0 to {highest} are possible.</source>
            <translation>{reference} enthält den Klassencode {value}; möglich sind Codes von 0 bis {highest}.</translation>
        </message>
        <message>
            <source>Reclassify it.</source>
            <translation>Klassifizieren Sie die Referenz um.</translation>
        </message>
        <message>
            <source>{reference} together with the references before it</source>
            <translation>{reference} zusammen mit den Referenzen davor</translation>
        </message>
        <message>
            <source>{other} calls the class {differing!r} {its_name!r}, {reference} calls {own!r} {name!r}.</source>
            <translation>In {other} heißt die Klasse {differing!r} {its_name!r}, in {reference} heißt {own!r} {name!r}.</translation>
        </message>
        <message>
            <source>Rename one of them with RENAMES ({own}={its_name} if both are the same class), or reclassify the reference.</source>
            <translation>Benennen Sie eine davon mit RENAMES um (sind beide dieselbe Klasse: {own}={its_name}), oder klassifizieren Sie eine Referenz um.</translation>
        </message>
        <message>
            <source>{name} holds the colours of the ISPRS benchmark: its classes are named as there.</source>
            <translation>{name} enthält die Farben des ISPRS-Benchmarks: Die Klassen werden wie dort benannt.</translation>
        </message>
        <message>
            <source>{name} has more than {most} colours: it is a picture, not classes. At most {most} classes are possible, because they are stored in 8 bits.</source>
            <translation>{name} hat mehr als {most} Farben: Das ist ein Bild und keine Klassenkarte. Möglich sind höchstens {most} Klassen, denn sie werden in 8 Bit gespeichert.</translation>
        </message>
        <message>
            <source>Give class codes in one band, or one plain colour for each class (no JPEG, no smoothed borders).</source>
            <translation>Geben Sie Klassencodes in einem Band an, oder eine einheitliche Farbe je Klasse (kein JPEG, keine geglätteten Grenzen).</translation>
        </message>
        <message>
            <source>EXTENT is {text!r}.</source>
            <translation>EXTENT ist {text!r}.</translation>
        </message>
        <message>
            <source>Give EXTENT as xmin,ymin,xmax,ymax: four numbers, each minimum smaller than its maximum.</source>
            <translation>Geben Sie EXTENT als xmin,ymin,xmax,ymax an: vier Zahlen, jedes Minimum kleiner als sein Maximum.</translation>
        </message>
        <message>
            <source>EXTENT is {box}, but the image covers {image}: no pixel's centre lies in it.</source>
            <translation>EXTENT ist {box}, aber das Bild bedeckt {image}: Darin liegt keine Pixelmitte.</translation>
        </message>
        <message>
            <source>Give an extent on the image, or name the coordinate reference system that it is in.</source>
            <translation>Geben Sie eine Ausdehnung auf dem Bild an, oder nennen Sie ihr Koordinatenbezugssystem.</translation>
        </message>
        <message>
            <source>EXTENT is in {named!r}, which is not a coordinate reference system: {error}.</source>
            <translation>EXTENT ist in {named!r} angegeben; das ist kein Koordinatenbezugssystem: {error}.</translation>
        </message>
        <message>
            <source>Name it by its code, as in [EPSG:4326].</source>
            <translation>Nennen Sie es mit seinem Code, wie in [EPSG:4326].</translation>
        </message>
        <message>
            <source>The image reaches beyond what the coordinate reference system of EXTENT can describe.</source>
            <translation>Das Bild reicht über das hinaus, was das Koordinatenbezugssystem von EXTENT beschreiben kann.</translation>
        </message>
        <message>
            <source>Give EXTENT in the image's coordinate reference system.</source>
            <translation>Geben Sie EXTENT im Koordinatenbezugssystem des Bildes an.</translation>
        </message>
        <message>
            <source>{name} has {bands} bands; a label raster has one band of class codes, or three bands that give each class a colour.</source>
            <translation>{name} hat {bands} Bänder; ein Label-Raster hat ein Band mit Klassencodes oder drei Bänder, die jeder Klasse eine Farbe geben.</translation>
        </message>
        <message>
            <source>Extract the class band.</source>
            <translation>Extrahieren Sie das Band mit den Klassen.</translation>
        </message>
        <message>
            <source>{name} holds the value {value:g}; class codes are whole numbers.</source>
            <translation>{name} enthält den Wert {value:g}; Klassencodes sind ganze Zahlen.</translation>
        </message>
        <message>
            <source>labels</source>
            <translation>Labels</translation>
        </message>
        <message>
            <source>Check that labelled features or pixels lie on the image and are at least a pixel in size.</source>
            <translation>Prüfen Sie, ob Objekte oder Pixel mit Labels auf dem Bild liegen und mindestens ein Pixel groß sind.</translation>
        </message>
        <message>
            <source>a vector layer or a raster</source>
            <translation>Vektorlayer oder Raster</translation>
        </message>
        <message>
            <source>On {px:,} px, {name} has other classes than the references before it. The classes of {name} are used there.</source>
            <translation>Auf {px:,} px hat {name} andere Klassen als die Referenzen davor. Dort gelten die Klassen von {name}.</translation>
        </message>
        <message>
            <source>RENAMES has a new name for the class {old!r}, but the labels have no such class.</source>
            <translation>RENAMES hat einen neuen Namen für die Klasse {old!r}, aber die Labels haben keine solche Klasse.</translation>
        </message>
        <message>
            <source>No pixel of the image inside {area} gets a class from {names}.</source>
            <translation>Innerhalb von {area} bekommt kein Pixel des Bildes eine Klasse aus {names}.</translation>
        </message>
        <message>
            <source>No pixel of the image gets a class from {names}.</source>
            <translation>Kein Pixel des Bildes bekommt eine Klasse aus {names}.</translation>
        </message>
        <message>
            <source>{name}: features of different classes overlap on {px:,} px; the later feature is used.</source>
            <translation>{name}: Objekte verschiedener Klassen überlappen sich auf {px:,} px; benutzt wird das spätere Objekt.</translation>
        </message>
        <message>
            <source>{own!r} is compared with {name!r}, the only class besides background. Check that both mean the same.</source>
            <translation>{own!r} wird mit {name!r} verglichen, der einzigen Klasse neben dem Hintergrund. Prüfen Sie, ob beide dasselbe bedeuten.</translation>
        </message>
        <message>
            <source>{name} does not overlap the image and was left out.</source>
            <translation>{name} überlappt das Bild nicht und wurde ausgelassen.</translation>
        </message>
        <message>
            <source>{name} covers {own}, but the image covers {image}: they do not overlap.</source>
            <translation>{name} bedeckt {own}, aber das Bild bedeckt {image}: Sie überlappen sich nicht.</translation>
        </message>
        <message>
            <source>Choose layers of this image's area, and check the coordinate reference systems of the layers and of the image.</source>
            <translation>Wählen Sie Layer aus dem Gebiet dieses Bildes, und prüfen Sie die Koordinatenbezugssysteme der Layer und des Bildes.</translation>
        </message>
        <message>
            <source>{name} covers {own}, but the image covers {image}: they do not overlap. The other references ({others}) do not overlap the image either.</source>
            <translation>{name} bedeckt {own}, aber das Bild bedeckt {image}: Sie überlappen sich nicht. Auch die anderen Referenzen ({others}) überlappen das Bild nicht.</translation>
        </message>
        <message>
            <source>a vector layer</source>
            <translation>Vektorlayer</translation>
        </message>
        <message>
            <source>{name}: {n} feature(s) without a usable geometry were left out.</source>
            <translation>{name}: {n} Objekt(e) ohne brauchbare Geometrie wurden ausgelassen.</translation>
        </message>
        <message>
            <source>features</source>
            <translation>Objekten</translation>
        </message>
        <message>
            <source>The features of {path} cannot be read: {error}.</source>
            <translation>Die Objekte von {path} können nicht gelesen werden: {error}.</translation>
        </message>
        <message>
            <source>Make or copy the file again.</source>
            <translation>Erzeugen oder kopieren Sie die Datei neu.</translation>
        </message>
        <message>
            <source>{file} has no vector layers.</source>
            <translation>{file} hat keine Vektorlayer.</translation>
        </message>
        <message>
            <source>Choose a layer with labelled features.</source>
            <translation>Wählen Sie einen Layer mit Objekten, die Labels haben.</translation>
        </message>
        <message>
            <source>The layer {path} has the option {options!r}, which the engine does not support.</source>
            <translation>Der Layer {path} hat die Option {options!r}; diese unterstützt die Engine nicht.</translation>
        </message>
        <message>
            <source>Export the layer to a file.</source>
            <translation>Exportieren Sie den Layer in eine Datei.</translation>
        </message>
        <message>
            <source>{file} has no layer {wanted!r}.</source>
            <translation>{file} hat keinen Layer {wanted!r}.</translation>
        </message>
        <message>
            <source>Its layers: {names}.</source>
            <translation>Seine Layer: {names}.</translation>
        </message>
        <message>
            <source>{path} has no field {field!r}.</source>
            <translation>{path} hat kein Feld {field!r}.</translation>
        </message>
        <message>
            <source>Its fields: {names}.</source>
            <translation>Vorhandene Felder: {names}.</translation>
        </message>
        <message>
            <source>The field {field} of {path} holds {kind} values.</source>
            <translation>Das Feld {field} von {path} enthält Werte vom Typ {kind}.</translation>
        </message>
        <message>
            <source>Choose a field of numbers or text.</source>
            <translation>Wählen Sie ein Feld mit Zahlen oder Text.</translation>
        </message>
        <message>
            <source>{holder} is empty in all features.</source>
            <translation>{holder} ist in allen Objekten leer.</translation>
        </message>
        <message>
            <source>Choose another field.</source>
            <translation>Wählen Sie ein anderes Feld.</translation>
        </message>
        <message>
            <source>None of the {n} feature(s) of {path} has a geometry.</source>
            <translation>Keines der {n} Objekte von {path} hat eine Geometrie.</translation>
        </message>
        <message>
            <source>{path} has no features.</source>
            <translation>{path} hat keine Objekte.</translation>
        </message>
        <message>
            <source>The field {field} of {path}</source>
            <translation>Das Feld {field} von {path}</translation>
        </message>
        <message>
            <source>{holder} holds {value:g}.</source>
            <translation>{holder} enthält {value:g}.</translation>
        </message>
        <message>
            <source>Choose a field of whole numbers or text.</source>
            <translation>Wählen Sie ein Feld mit ganzen Zahlen oder Text.</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <source>Too few points lie where the map has {held}: figures of the whole map need {fewest} on each of its classes.</source>
            <translation>Zu wenige Punkte liegen, wo die Karte {held} hat: Zahlen für die ganze Karte brauchen {fewest} in jeder ihrer Klassen.</translation>
        </message>
        <message>
            <source>Label more points there (Sample points for assessment draws some on every class), or join classes.</source>
            <translation>Bestimmen Sie dort mehr Punkte („Stichprobenpunkte zur Bewertung“ zieht welche in jeder Klasse), oder vereinigen Sie Klassen.</translation>
        </message>
        <message>
            <source>{name} ({points} on {px:,} px)</source>
            <translation>{name} ({points} auf {px:,} px)</translation>
        </message>
        <message>
            <source>class {number} of {count}</source>
            <translation>Klasse {number} von {count}</translation>
        </message>
        <message>
            <source>{path} is not a Raster Segmenter model ({reason}).</source>
            <translation>{path} ist kein Modell von Raster Segmenter ({reason}).</translation>
        </message>
        <message>
            <source>Choose a .safetensors file made by Train segmenter.</source>
            <translation>Wählen Sie eine .safetensors-Datei von „Segmentierer trainieren“.</translation>
        </message>
        <message>
            <source>There is no model file {path}.</source>
            <translation>Es gibt keine Modelldatei {path}.</translation>
        </message>
        <message>
            <source>The model {path} has {classes} classes; at most {most} are possible.</source>
            <translation>Das Modell {path} hat {classes} Klassen; möglich sind höchstens {most}.</translation>
        </message>
        <message>
            <source>Choose a model of fewer classes.</source>
            <translation>Wählen Sie ein Modell mit weniger Klassen.</translation>
        </message>
        <message>
            <source>it has no model card</source>
            <translation>es hat keine Modellkarte</translation>
        </message>
        <message>
            <source>The model {path} has version {version}; this engine understands up to {known}.</source>
            <translation>Das Modell {path} hat die Version {version}; diese Engine versteht Versionen bis {known}.</translation>
        </message>
        <message>
            <source>Update Raster Segmenter.</source>
            <translation>Aktualisieren Sie Raster Segmenter.</translation>
        </message>
        <message>
            <source>its card cannot be read: {error}</source>
            <translation>seine Karte ist nicht lesbar: {error}</translation>
        </message>
        <message>
            <source>{field} in its card cannot be {value}</source>
            <translation>{field} in seiner Karte kann nicht {value} sein</translation>
        </message>
        <message>
            <source>its weights do not fit its network: {reason}</source>
            <translation>seine Gewichte passen nicht zu seinem Netz: {reason}</translation>
        </message>
        <message>
            <source>A tile of this network cannot be {side_px} px wide.</source>
            <translation>Eine Kachel dieses Netzes kann nicht {side_px} px breit sein.</translation>
        </message>
        <message>
            <source>Set TILE_PX to {valid_px}, or to 0.</source>
            <translation>Setzen Sie TILE_PX auf {valid_px}, oder auf 0.</translation>
        </message>
        <message>
            <source>The network has more than 2 GiB of weights, and an ONNX file cannot hold more than that.</source>
            <translation>Das Netz hat mehr als 2 GiB an Gewichten; so viele fasst eine ONNX-Datei nicht.</translation>
        </message>
        <message>
            <source>Train a narrower network.</source>
            <translation>Trainieren Sie ein schmaleres Netz.</translation>
        </message>
        <message>
            <source>PyTorch {version} has written a network that ends in {operator}, not in Softmax.</source>
            <translation>PyTorch {version} hat ein Netz geschrieben, das mit {operator} endet, nicht mit Softmax.</translation>
        </message>
        <message>
            <source>Install another version of PyTorch for the engine, and please report it.</source>
            <translation>Installieren Sie eine andere Version von PyTorch für die Engine, und melden Sie das bitte.</translation>
        </message>
        <message>
            <source>The export gives other logits than the network, by up to {largest:.2g}.</source>
            <translation>Die Logits des Exports weichen um bis zu {largest:.2g} von denen des Netzes ab.</translation>
        </message>
        <message>
            <source>Please report it.</source>
            <translation>Bitte melden Sie das.</translation>
        </message>
        <message>
            <source>{network} cannot be written as ONNX: {cause}.</source>
            <translation>{network} kann nicht als ONNX geschrieben werden: {cause}.</translation>
        </message>
        <message>
            <source>Classify with the model file itself, or train another network.</source>
            <translation>Klassifizieren Sie mit der Modelldatei selbst, oder trainieren Sie ein anderes Netz.</translation>
        </message>
        <message>
            <source>The engine's Python lacks {library}.</source>
            <translation>Dem Python der Engine fehlt {library}.</translation>
        </message>
        <message>
            <source>Install it with pip from engine/requirements.txt.</source>
            <translation>Installieren Sie es mit pip nach engine/requirements.txt.</translation>
        </message>
        <message>
            <source>INITIAL is {initial!r}, but {network} cannot start from weights: it is always fitted from the beginning.</source>
            <translation>INITIAL ist {initial!r}, aber {network} kann nicht von Gewichten ausgehen: Es wird immer von Anfang an angepasst.</translation>
        </message>
        <message>
            <source>Leave INITIAL empty.</source>
            <translation>Lassen Sie INITIAL leer.</translation>
        </message>
        <message>
            <source>Nothing in {source} fits this network: it holds {theirs}; the network has {wanted}.</source>
            <translation>Nichts in {source} passt zu diesem Netz: Die Datei enthält {theirs}; das Netz hat {wanted}.</translation>
        </message>
        <message>
            <source>Choose weights of this network, or the network of these weights.</source>
            <translation>Wählen Sie Gewichte dieses Netzes oder das Netz dieser Gewichte.</translation>
        </message>
        <message>
            <source>Starting from {source}: {loaded} of {all} tensors, {share:.0%} of the network's weights.</source>
            <translation>Start mit {source}: {loaded} von {all} Tensoren, {share:.0%} der Gewichte des Netzes.</translation>
        </message>
        <message>
            <source>INITIAL is {initial!r}, neither a file nor published weights of {network}.</source>
            <translation>INITIAL ist {initial!r}: weder eine Datei noch veröffentlichte Gewichte von {network}.</translation>
        </message>
        <message>
            <source>{name} is {theirs} in {source}, and {ours} in this network.</source>
            <translation>{name} ist {theirs} in {source}, und {ours} in diesem Netz.</translation>
        </message>
        <message>
            <source>Give weights of a network of the same size and bands, or set the options of their network.</source>
            <translation>Geben Sie Gewichte eines Netzes mit derselben Größe und denselben Bändern an, oder setzen Sie die Optionen des Netzes dieser Gewichte.</translation>
        </message>
        <message>
            <source>Adapted to the image's bands: {names}.</source>
            <translation>An die Bänder des Bildes angepasst: {names}.</translation>
        </message>
        <message>
            <source>Left out of {source}: {names}.</source>
            <translation>Aus {source} ausgelassen: {names}.</translation>
        </message>
        <message>
            <source>Not in {source}, so initialised at random: {names}.</source>
            <translation>Nicht in {source} und daher zufällig initialisiert: {names}.</translation>
        </message>
        <message>
            <source>Give a file, or one of: {names}.</source>
            <translation>Geben Sie eine Datei an, oder eines von: {names}.</translation>
        </message>
        <message>
            <source>Give a file: no weights are published for this network.</source>
            <translation>Geben Sie eine Datei an: Für dieses Netz sind keine Gewichte veröffentlicht.</translation>
        </message>
        <message>
            <source>The network of {path} is {theirs}, but NETWORK is {ours}.</source>
            <translation>Das Netz von {path} ist {theirs}, aber NETWORK ist {ours}.</translation>
        </message>
        <message>
            <source>Choose its network and options, or another INITIAL.</source>
            <translation>Wählen Sie sein Netz und seine Optionen, oder ein anderes INITIAL.</translation>
        </message>
        <message>
            <source>{model} was made for {before} bands, and its first layer is adapted to {bands}.</source>
            <translation>{model} wurde für {before} Bänder gemacht; seine erste Schicht wird an {bands} angepasst.</translation>
        </message>
        <message>
            <source>Of the classes of {model}, {classes} are among these: the weights of its other classes are not used, and new classes start with random weights.</source>
            <translation>Von den Klassen von {model} sind hier {classes} dabei: Die Gewichte seiner anderen Klassen werden nicht benutzt, und neue Klassen beginnen mit zufälligen Gewichten.</translation>
        </message>
        <message>
            <source>{model} knows other classes: their weights are not used, and all classes start with random weights.</source>
            <translation>{model} kennt andere Klassen: Deren Gewichte werden nicht benutzt, und alle Klassen beginnen mit zufälligen Gewichten.</translation>
        </message>
        <message>
            <source>{path} holds no weights that can be read: {reason}.</source>
            <translation>{path} enthält keine lesbaren Gewichte: {reason}.</translation>
        </message>
        <message>
            <source>Give a .safetensors file, or a .pth file of a state_dict.</source>
            <translation>Geben Sie eine .safetensors-Datei an, oder eine .pth-Datei mit einem state_dict.</translation>
        </message>
        <message>
            <source>{path} holds more than tensors: reading it could run code that somebody put into it.</source>
            <translation>{path} enthält mehr als Tensoren: Beim Lesen könnte Code ausgeführt werden, den jemand hineingelegt hat.</translation>
        </message>
        <message>
            <source>Save its state_dict alone, best as .safetensors, and give that.</source>
            <translation>Speichern Sie nur ihr state_dict, am besten als .safetensors, und geben Sie diese Datei an.</translation>
        </message>
        <message>
            <source>it is a {kind}, not tensors by name</source>
            <translation>es ist ein {kind} und enthält keine Tensoren mit Namen</translation>
        </message>
        <message>
            <source>it has no tensors by name</source>
            <translation>es hat keine Tensoren mit Namen</translation>
        </message>
        <message>
            <source>{network} cannot learn {auxiliary!r} as a second task.</source>
            <translation>{network} kann die zweite Aufgabe {auxiliary!r} nicht lernen.</translation>
        </message>
        <message>
            <source>Set AUXILIARY to one of: {known}.</source>
            <translation>Setzen Sie AUXILIARY auf einen der Werte: {known}.</translation>
        </message>
        <message>
            <source>The option {option} is {value:g}.</source>
            <translation>Die Option {option} ist {value:g}.</translation>
        </message>
        <message>
            <source>Give a whole number from {low} to {high}.</source>
            <translation>Geben Sie eine ganze Zahl von {low} bis {high} an.</translation>
        </message>
        <message>
            <source>The option context_px is {context_px}.</source>
            <translation>Die Option context_px ist {context_px}.</translation>
        </message>
        <message>
            <source>Give a multiple of {multiple_px}, so that both scales align.</source>
            <translation>Geben Sie ein Vielfaches von {multiple_px} an, damit beide Maßstäbe zusammenpassen.</translation>
        </message>
        <message>
            <source>The option filters is {filters:g}.</source>
            <translation>Die Option filters ist {filters:g}.</translation>
        </message>
        <message>
            <source>Give a multiple of 4, because the first cell has a quarter of these filters.</source>
            <translation>Geben Sie ein Vielfaches von 4 an, denn die erste Zelle hat ein Viertel dieser Filter.</translation>
        </message>
        <message>
            <source>The option summed is {summed:g}.</source>
            <translation>Die Option summed ist {summed:g}.</translation>
        </message>
        <message>
            <source>Give 1 (all normal cells are read) or 0 (the last cell and the outputs of reduction cells).</source>
            <translation>Geben Sie 1 an (alle normalen Zellen werden gelesen) oder 0 (die letzte Zelle und die Ausgaben der Reduktionszellen).</translation>
        </message>
        <message>
            <source>The option penalty is {penalty:g}.</source>
            <translation>Die Option penalty ist {penalty:g}.</translation>
        </message>
        <message>
            <source>Give a number above 0.</source>
            <translation>Geben Sie eine Zahl über 0 an.</translation>
        </message>
        <message>
            <source>The option gamma is {gamma:g}.</source>
            <translation>Die Option gamma ist {gamma:g}.</translation>
        </message>
        <message>
            <source>Give a number above 0, or 0 to use 1 / (number of bands).</source>
            <translation>Geben Sie eine Zahl über 0 an, oder 0 für 1 / (Zahl der Bänder).</translation>
        </message>
        <message>
            <source>Class {number} of {classes} has no labelled pixel to fit to.</source>
            <translation>Klasse {number} von {classes} hat kein Pixel mit Label zum Anpassen.</translation>
        </message>
        <message>
            <source>Label some of it in the training part, or take the class out of the reference.</source>
            <translation>Zeichnen Sie Labels der Klasse im Trainingsteil, oder nehmen Sie die Klasse aus der Referenz.</translation>
        </message>
        <message>
            <source>illegal instruction</source>
            <translation>unzulässiger Maschinenbefehl</translation>
        </message>
        <message>
            <source>segmentation fault</source>
            <translation>Speicherzugriffsfehler</translation>
        </message>
        <message>
            <source>bus error</source>
            <translation>Busfehler</translation>
        </message>
        <message>
            <source>aborted</source>
            <translation>abgebrochen</translation>
        </message>
        <message>
            <source>arithmetic error</source>
            <translation>arithmetischer Fehler</translation>
        </message>
        <message>
            <source>trap</source>
            <translation>Trap</translation>
        </message>
        <message>
            <source>killed by the system, most often because memory ran out</source>
            <translation>vom System beendet, meist weil der Speicher nicht reichte</translation>
        </message>
        <message>
            <source>access violation</source>
            <translation>Zugriffsverletzung</translation>
        </message>
        <message>
            <source>memory ran out</source>
            <translation>der Speicher reichte nicht</translation>
        </message>
        <message>
            <source>a DLL is for another processor architecture</source>
            <translation>eine DLL ist für eine andere Prozessorarchitektur</translation>
        </message>
        <message>
            <source>stack overflow</source>
            <translation>Stapelüberlauf</translation>
        </message>
        <message>
            <source>a DLL was not found</source>
            <translation>eine DLL wurde nicht gefunden</translation>
        </message>
        <message>
            <source>a DLL lacks a function</source>
            <translation>einer DLL fehlt eine Funktion</translation>
        </message>
        <message>
            <source>a DLL failed to start</source>
            <translation>eine DLL konnte nicht starten</translation>
        </message>
        <message>
            <source>the memory is damaged</source>
            <translation>beschädigter Speicher</translation>
        </message>
        <message>
            <source>The engine sent a line that is not an event ({error}): {line!r}.</source>
            <translation>Die Engine hat eine Zeile geschickt, die kein Ereignis ist ({error}): {line!r}.</translation>
        </message>
        <message>
            <source>A job is a JSON object, not {found}.</source>
            <translation>Ein Auftrag ist ein JSON-Objekt, nicht {found}.</translation>
        </message>
        <message>
            <source>Check the job file.</source>
            <translation>Prüfen Sie die Auftragsdatei.</translation>
        </message>
        <message>
            <source>Unknown job {kind}.</source>
            <translation>Unbekannter Auftrag {kind}.</translation>
        </message>
        <message>
            <source>Set "job" to one of: {kinds}.</source>
            <translation>Setzen Sie "job" auf einen von: {kinds}.</translation>
        </message>
        <message>
            <source>The job has version {version}; this engine understands version {understood}.</source>
            <translation>Der Auftrag hat die Version {version}; diese Engine versteht die Version {understood}.</translation>
        </message>
        <message>
            <source>Unknown key {key!r} in a {kind} job.</source>
            <translation>Unbekannter Schlüssel {key!r} in einem Auftrag der Art {kind}.</translation>
        </message>
        <message>
            <source>Known keys: {keys}.</source>
            <translation>Bekannte Schlüssel: {keys}.</translation>
        </message>
        <message>
            <source>{key} is {value}.</source>
            <translation>{key} ist {value}.</translation>
        </message>
        <message>
            <source>It must be {wanted}.</source>
            <translation>Erlaubt ist {wanted}.</translation>
        </message>
        <message>
            <source>a list of paths</source>
            <translation>eine Liste von Pfaden</translation>
        </message>
        <message>
            <source>one of {values}</source>
            <translation>einer der Werte {values}</translation>
        </message>
        <message>
            <source>a whole number from {low:g} to {high:g}</source>
            <translation>eine ganze Zahl von {low:g} bis {high:g}</translation>
        </message>
        <message>
            <source>a number from {low:g} to {high:g}</source>
            <translation>eine Zahl von {low:g} bis {high:g}</translation>
        </message>
        <message>
            <source>an object of texts</source>
            <translation>ein Objekt aus Texten</translation>
        </message>
        <message>
            <source>an object of numbers</source>
            <translation>ein Objekt aus Zahlen</translation>
        </message>
        <message>
            <source>an object of objects of texts</source>
            <translation>ein Objekt aus Objekten aus Texten</translation>
        </message>
        <message>
            <source>The job is not valid JSON: {error}.</source>
            <translation>Der Auftrag ist kein gültiges JSON: {error}.</translation>
        </message>
        <message>
            <source>The {kind} job lacks the key {key!r}.</source>
            <translation>Dem Auftrag der Art {kind} fehlt der Schlüssel {key!r}.</translation>
        </message>
        <message>
            <source>Add it to the job file.</source>
            <translation>Ergänzen Sie es in der Auftragsdatei.</translation>
        </message>
        <message>
            <source>true or false</source>
            <translation>true oder false</translation>
        </message>
        <message>
            <source>a list with at least one path</source>
            <translation>eine Liste mit mindestens einem Pfad</translation>
        </message>
        <message>
            <source>text</source>
            <translation>ein Text</translation>
        </message>
        <message>
            <source>Set "version" to {understood}.</source>
            <translation>Setzen Sie "version" auf {understood}.</translation>
        </message>
        <message>
            <source>The model {path} cannot be opened: {reason}.</source>
            <translation>Das Modell {path} kann nicht geöffnet werden: {reason}.</translation>
        </message>
        <message>
            <source>Choose another file.</source>
            <translation>Wählen Sie eine andere Datei.</translation>
        </message>
        <message>
            <source>{path} is not a Raster Segmenter model.</source>
            <translation>{path} ist kein Modell von Raster Segmenter.</translation>
        </message>
        <message>
            <source>{path} cannot be replaced: another program has it open, or it is write-protected.</source>
            <translation>{path} kann nicht ersetzt werden: Ein anderes Programm hat die Datei geöffnet, oder sie ist schreibgeschützt.</translation>
        </message>
        <message>
            <source>Remove the layer from the QGIS project, or close the program that shows it, and run again; or choose another name.</source>
            <translation>Entfernen Sie den Layer aus dem QGIS-Projekt, oder schließen Sie das Programm, das ihn zeigt, und starten Sie noch einmal; oder wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>{path} cannot be replaced: another program has it open, or it is write-protected. The finished result is {instead}.</source>
            <translation>{path} kann nicht ersetzt werden: Ein anderes Programm hat die Datei geöffnet, oder sie ist schreibgeschützt. Das fertige Ergebnis ist {instead}.</translation>
        </message>
        <message>
            <source>Remove the layer from the QGIS project, or close the program that shows it, and rename {instead}.</source>
            <translation>Entfernen Sie den Layer aus dem QGIS-Projekt, oder schließen Sie das Programm, das ihn zeigt, und benennen Sie {instead} um.</translation>
        </message>
        <message>
            <source>There is no {name!r} in {folder}.</source>
            <translation>In {folder} gibt es kein {name!r}.</translation>
        </message>
        <message>
            <source>Choose one of: {names}.</source>
            <translation>Wählen Sie eines von: {names}.</translation>
        </message>
        <message>
            <source>{name} has no option {option!r}.</source>
            <translation>{name} hat keine Option {option!r}.</translation>
        </message>
        <message>
            <source>Its options and defaults: {known}.</source>
            <translation>Vorhandene Optionen und ihre Vorgaben: {known}.</translation>
        </message>
        <message>
            <source>The image has no coordinate reference system, so {name} cannot be laid over it.</source>
            <translation>Das Bild hat kein Koordinatenbezugssystem; daher kann {name} nicht darübergelegt werden.</translation>
        </message>
        <message>
            <source>Set it with the Processing tool 'Assign projection'.</source>
            <translation>Legen Sie es mit dem Verarbeitungswerkzeug „Projektion zuweisen“ fest.</translation>
        </message>
        <message>
            <source>{name} has no coordinate reference system, so it cannot be laid over the image.</source>
            <translation>{name} hat kein Koordinatenbezugssystem und kann daher nicht über das Bild gelegt werden.</translation>
        </message>
        <message>
            <source>Set it with the Processing tool Define projection (vector) or Assign projection (raster).</source>
            <translation>Legen Sie es mit dem Verarbeitungswerkzeug „Projektion definieren“ (Vektor) oder „Projektion zuweisen“ (Raster) fest.</translation>
        </message>
        <message>
            <source>{lacking} has no coordinate reference system: {name} is laid over the image pixel by pixel.</source>
            <translation>{lacking} hat kein Koordinatenbezugssystem: {name} wird Pixel für Pixel über das Bild gelegt.</translation>
        </message>
        <message>
            <source>The image</source>
            <translation>Das Bild</translation>
        </message>
        <message>
            <source>Name another Python for the engine, such as that of a current QGIS, or one with the package gdal of conda-forge.</source>
            <translation>Nennen Sie ein anderes Python für die Engine, etwa das eines aktuellen QGIS oder eines mit dem Paket gdal von conda-forge.</translation>
        </message>
        <message>
            <source>GDAL {release} is installed; the engine needs {major}.{minor} or newer.</source>
            <translation>GDAL {release} ist installiert; die Engine braucht {major}.{minor} oder neuer.</translation>
        </message>
        <message>
            <source>Remove them from the environment variable GDAL_SKIP, if it is set.</source>
            <translation>Nehmen Sie sie aus der Umgebungsvariablen GDAL_SKIP, falls diese gesetzt ist.</translation>
        </message>
        <message>
            <source>GDAL {release} lacks formats that the engine writes: {formats}.</source>
            <translation>Dem GDAL {release} fehlen Formate, die die Engine schreibt: {formats}.</translation>
        </message>
        <message>
            <source>GDAL's library PROJ cannot look up coordinate reference systems: {error}.</source>
            <translation>Die Bibliothek PROJ von GDAL kann keine Koordinatenbezugssysteme nachschlagen: {error}.</translation>
        </message>
        <message>
            <source>GDAL's Python bindings cannot be imported: {error}.</source>
            <translation>Die Python-Anbindung von GDAL kann nicht importiert werden: {error}.</translation>
        </message>
        <message>
            <source>Install them for this Python (package GDAL).</source>
            <translation>Installieren Sie sie für dieses Python (Paket GDAL).</translation>
        </message>
        <message>
            <source>Remove the environment variable {names}, and restart QGIS.</source>
            <translation>Entfernen Sie die Umgebungsvariable {names}, und starten Sie QGIS neu.</translation>
        </message>
        <message>
            <source>{name} holds {bands} band(s) of {dtype}, not class codes.</source>
            <translation>{name} enthält {bands} Band/Bänder vom Typ {dtype}, keine Klassencodes.</translation>
        </message>
        <message>
            <source>Choose a class map.</source>
            <translation>Wählen Sie eine Klassenkarte.</translation>
        </message>
        <message>
            <source>{name} holds more than {most} different values. At most {most} classes are possible, since classes are counted in 8 bits.</source>
            <translation>{name} enthält mehr als {most} verschiedene Werte. Möglich sind höchstens {most} Klassen, denn Klassen werden in 8 Bit gezählt.</translation>
        </message>
        <message>
            <source>Choose a class map, or join classes.</source>
            <translation>Wählen Sie eine Klassenkarte, oder vereinigen Sie Klassen.</translation>
        </message>
        <message>
            <source>There is no file {path}.</source>
            <translation>Es gibt keine Datei {path}.</translation>
        </message>
        <message>
            <source>Check its name, or choose another one.</source>
            <translation>Prüfen Sie den Namen, oder wählen Sie eine andere Datei.</translation>
        </message>
        <message>
            <source>The file {path} is empty.</source>
            <translation>Die Datei {path} ist leer.</translation>
        </message>
        <message>
            <source>Make or copy it again.</source>
            <translation>Erzeugen oder kopieren Sie sie neu.</translation>
        </message>
        <message>
            <source>{path} cannot be opened as {kind}: {reason}.</source>
            <translation>{path} kann nicht als {kind} geöffnet werden: {reason}.</translation>
        </message>
        <message>
            <source>Choose a file that GDAL can open.</source>
            <translation>Wählen Sie eine Datei, die GDAL öffnen kann.</translation>
        </message>
        <message>
            <source>{path} could not be written to its end, probably because the disk is full: {reason}.</source>
            <translation>{path} konnte nicht zu Ende geschrieben werden, wahrscheinlich weil der Datenträger voll ist: {reason}.</translation>
        </message>
        <message>
            <source>a raster</source>
            <translation>Raster</translation>
        </message>
        <message>
            <source>x {xmin} to {xmax}, y {ymin} to {ymax}</source>
            <translation>x {xmin} bis {xmax}, y {ymin} bis {ymax}</translation>
        </message>
        <message>
            <source>Building the overviews of {name}.</source>
            <translation>Die Übersichten (Pyramiden) von {name} werden erstellt.</translation>
        </message>
        <message>
            <source>% of the overviews</source>
            <translation>% der Übersichten</translation>
        </message>
        <message>
            <source>Building the overviews of {name}, and laying it out for reading over a network.</source>
            <translation>Die Übersichten (Pyramiden) von {name} werden erstellt, und die Datei wird zum Lesen über ein Netzwerk angeordnet.</translation>
        </message>
        <message>
            <source>% of the cloud-optimised file</source>
            <translation>% der cloud-optimierten Datei</translation>
        </message>
        <message>
            <source>The minimum area is {area:g} m², but {name} has no CRS, so areas are unknown.</source>
            <translation>Die kleinste Fläche ist {area:g} m², aber {name} hat kein KBS; daher sind die Flächen unbekannt.</translation>
        </message>
        <message>
            <source>Assign the raster's CRS, or set the minimum area to 0.</source>
            <translation>Weisen Sie dem Raster sein KBS zu, oder setzen Sie die kleinste Fläche auf 0.</translation>
        </message>
        <message>
            <source>% of the outlines drawn</source>
            <translation>% der Umrisse gezeichnet</translation>
        </message>
        <message>
            <source>% of the small patches merged</source>
            <translation>% der kleinen Flächen vereinigt</translation>
        </message>
        <message>
            <source>polygons</source>
            <translation>Polygonen</translation>
        </message>
        <message>
            <source>Band {number} of {path} holds complex numbers ({kind}).</source>
            <translation>Band {number} von {path} enthält komplexe Zahlen ({kind}).</translation>
        </message>
        <message>
            <source>Convert it to real numbers with the tool Translate.</source>
            <translation>Wandeln Sie es mit dem Werkzeug „Umwandeln“ in reelle Zahlen um.</translation>
        </message>
        <message>
            <source>{path} has no bands with image values.</source>
            <translation>{path} hat keine Bänder mit Bildwerten.</translation>
        </message>
        <message>
            <source>Choose a raster with at least one band.</source>
            <translation>Wählen Sie ein Raster mit mindestens einem Band.</translation>
        </message>
        <message>
            <source>{name} cannot be read at rows {top} to {bottom}, columns {left} to {right}: {error}.</source>
            <translation>{name} kann in den Zeilen {top} bis {bottom}, Spalten {left} bis {right} nicht gelesen werden: {error}.</translation>
        </message>
        <message>
            <source>The file is probably truncated or damaged: copy or make it again.</source>
            <translation>Die Datei ist wahrscheinlich abgeschnitten oder beschädigt: Kopieren oder erzeugen Sie sie neu.</translation>
        </message>
        <message>
            <source>The image reaches beyond what the coordinate reference system of {name} can describe.</source>
            <translation>Das Bild reicht über das hinaus, was das Koordinatenbezugssystem von {name} beschreiben kann.</translation>
        </message>
        <message>
            <source>Warp that raster to the image's CRS first.</source>
            <translation>Transformieren Sie dieses Raster zuerst in das KBS des Bildes.</translation>
        </message>
        <message>
            <source>Choose a raster of this image's area, and check the coordinate reference systems of the raster and of the image.</source>
            <translation>Wählen Sie ein Raster aus dem Gebiet dieses Bildes, und prüfen Sie die Koordinatenbezugssysteme des Rasters und des Bildes.</translation>
        </message>
        <message>
            <source>{name} covers only a part of the image: pixels beyond it count as without data.</source>
            <translation>{name} bedeckt nur einen Teil des Bildes: Pixel außerhalb gelten als ohne Daten.</translation>
        </message>
        <message>
            <source>{path} is your own file, so it was not overwritten.</source>
            <translation>{path} ist Ihre eigene Datei und wurde daher nicht überschrieben.</translation>
        </message>
        <message>
            <source>{name} cannot be warped to the image's grid: {error}.</source>
            <translation>{name} kann nicht auf das Gitter des Bildes transformiert werden: {error}.</translation>
        </message>
        <message>
            <source>The file may be damaged: copy or make it again. If it is not, reproject it to the image's CRS first.</source>
            <translation>Vielleicht ist die Datei beschädigt: Kopieren oder erzeugen Sie sie neu. Ist sie es nicht, so transformieren Sie sie zuerst in das KBS des Bildes.</translation>
        </message>
        <message>
            <source>It is built for a newer processor than this one ({processor}): install an older release. On a virtual machine, give the virtual machine the instructions of the host's processor (AVX2).</source>
            <translation>Es ist für einen neueren Prozessor als diesen gebaut ({processor}): Installieren Sie eine ältere Version. Auf einer virtuellen Maschine geben Sie ihr die Befehle des Prozessors des Hosts (AVX2).</translation>
        </message>
        <message>
            <source>{package} crashes as it is loaded by {python}: {cause}.</source>
            <translation>{package} stürzt ab, wenn {python} es lädt: {cause}.</translation>
        </message>
        <message>
            <source>{python} lacks: {modules}.</source>
            <translation>{python} fehlt: {modules}.</translation>
        </message>
        <message>
            <source>{package} {found} is installed in {python}; the engine needs {needed} or newer.</source>
            <translation>{package} {found} ist in {python} installiert; die Engine braucht {needed} oder neuer.</translation>
        </message>
        <message>
            <source>{package} cannot be loaded by {python}, because {cause}: {error}.</source>
            <translation>Das Paket {package} kann von {python} nicht geladen werden, denn {cause}: {error}.</translation>
        </message>
        <message>
            <source>Versions: {versions}.</source>
            <translation>Versionen: {versions}.</translation>
        </message>
        <message>
            <source>Run this in a terminal to make a new environment: "{python}" "{installer}" "{folder}"</source>
            <translation>Führen Sie in einem Terminal aus, um eine neue Umgebung anzulegen: "{python}" "{installer}" "{folder}"</translation>
        </message>
        <message>
            <source>Install the newest Microsoft Visual C++ Redistributable (x64), then restart QGIS. If that does not help, continue with the next step.</source>
            <translation>Installieren Sie das neueste Microsoft Visual C++ Redistributable (x64), und starten Sie QGIS neu. Wenn das nicht hilft, machen Sie mit dem nächsten Schritt weiter.</translation>
        </message>
        <message>
            <source>Run this in a terminal: "{python}" -m pip install "{wanted}". Or install a build for NumPy {numpy}.</source>
            <translation>Führen Sie in einem Terminal aus: "{python}" -m pip install "{wanted}". Oder installieren Sie das Paket in einer Fassung für NumPy {numpy}.</translation>
        </message>
        <message>
            <source>it fails when it is loaded</source>
            <translation>es scheitert beim Laden</translation>
        </message>
        <message>
            <source>it is built for a newer system than this one (C library: {libc})</source>
            <translation>es ist für ein neueres System als dieses gebaut (C-Bibliothek: {libc})</translation>
        </message>
        <message>
            <source>it was built for another release of NumPy than the installed {numpy}</source>
            <translation>es wurde für eine andere Version von NumPy gebaut als die installierte {numpy}</translation>
        </message>
        <message>
            <source>it is built for another processor architecture than this Python ({machine})</source>
            <translation>es ist für eine andere Prozessorarchitektur gebaut als dieses Python ({machine})</translation>
        </message>
        <message>
            <source>Install the build for this architecture, or name a Python of the other one.</source>
            <translation>Installieren Sie die Fassung für diese Architektur, oder nennen Sie ein Python der anderen.</translation>
        </message>
        <message>
            <source>one of its DLLs fails to start</source>
            <translation>eine seiner DLLs kann nicht starten</translation>
        </message>
        <message>
            <source>its parts, or the libraries that it uses, are of different releases</source>
            <translation>seine Teile oder die Bibliotheken, die es benutzt, haben verschiedene Versionen</translation>
        </message>
        <message>
            <source>a library that it needs is missing</source>
            <translation>eine Bibliothek, die es braucht, fehlt</translation>
        </message>
        <message>
            <source>a package that it needs is missing</source>
            <translation>ein Paket, das es braucht, fehlt</translation>
        </message>
        <message>
            <source>a library that was loaded earlier leaves no room for it</source>
            <translation>eine früher geladene Bibliothek lässt ihm keinen Platz</translation>
        </message>
        <message>
            <source>Update the system, or continue with the next step.</source>
            <translation>Aktualisieren Sie das System, oder machen Sie mit dem nächsten Schritt weiter.</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>unbekannt</translation>
        </message>
        <message>
            <source>Windows allows no {character!r} in names</source>
            <translation>Windows erlaubt kein {character!r} in Namen</translation>
        </message>
        <message>
            <source>{device} is the name of a device on Windows</source>
            <translation>{device} ist unter Windows der Name eines Geräts</translation>
        </message>
        <message>
            <source>names do not end in a dot or a space on Windows</source>
            <translation>unter Windows enden Namen nicht mit einem Punkt oder Leerzeichen</translation>
        </message>
        <message>
            <source>was made with other data or settings</source>
            <translation>wurde mit anderen Daten oder Einstellungen gemacht</translation>
        </message>
        <message>
            <source>{path}, from an earlier training, {reason}. Training starts from the beginning.</source>
            <translation>{path} aus einem früheren Training {reason}. Das Training beginnt von vorn.</translation>
        </message>
        <message>
            <source>is damaged ({error})</source>
            <translation>ist beschädigt ({error})</translation>
        </message>
        <message>
            <source>CUDA graphs of the training steps cannot be captured, so training is slower: {reason}.</source>
            <translation>CUDA-Graphen der Trainingsschritte können nicht aufgezeichnet werden; daher ist das Training langsamer: {reason}.</translation>
        </message>
        <message>
            <source>The GPU has no deterministic form of {operations}: another run may differ in the last digits.</source>
            <translation>Für {operations} hat die GPU keine deterministische Form: Ein anderer Lauf kann in den letzten Stellen abweichen.</translation>
        </message>
        <message>
            <source>Fitting to {pixels:,} pixels, at most {per_class:,} of each class.</source>
            <translation>Anpassung an {pixels:,} Pixel, höchstens {per_class:,} je Klasse.</translation>
        </message>
        <message>
            <source>blocks sampled</source>
            <translation>Blöcken beprobt</translation>
        </message>
        <message>
            <source>blocks validated</source>
            <translation>Blöcken validiert</translation>
        </message>
        <message>
            <source>Memory ran out: each batch is computed in more parts from now on.</source>
            <translation>Der Speicher reichte nicht: Jeder Stapel wird von nun an in mehr Teilen berechnet.</translation>
        </message>
        <message>
            <source>Training needs about {needed:,.0f} MiB for a single patch of {patch_px} px; {free:,.0f} MiB are free for it.</source>
            <translation>Das Training braucht etwa {needed:,.0f} MiB für einen einzigen Ausschnitt von {patch_px} px; frei sind dafür {free:,.0f} MiB.</translation>
        </message>
        <message>
            <source>Close other programs, or choose a smaller network: OPTIONS width=16, for example.</source>
            <translation>Schließen Sie andere Programme, oder wählen Sie ein kleineres Netz: zum Beispiel OPTIONS width=16.</translation>
        </message>
        <message>
            <source>Memory has no room for a patch of {recipe_px} px: patches have {patch_px} px, with {batch} in each step.</source>
            <translation>Der Speicher reicht nicht für einen Ausschnitt von {recipe_px} px: Die Ausschnitte haben {patch_px} px, mit {batch} in jedem Schritt.</translation>
        </message>
        <message>
            <source>Memory has room for {at_once} patches at once: each batch of {batch} is computed in {steps} parts.</source>
            <translation>Der Speicher reicht für {at_once} Ausschnitte auf einmal: Jeder Stapel von {batch} wird in {steps} Teilen berechnet.</translation>
        </message>
        <message>
            <source>batches</source>
            <translation>Stapeln</translation>
        </message>
        <message>
            <source>The labels lie in {blocks} block(s) of the image: none can be kept for validation without losing a class.</source>
            <translation>Die Labels liegen in {blocks} Block/Blöcken des Bildes: Keiner kann für die Validierung zurückgehalten werden, ohne dass eine Klasse verloren geht.</translation>
        </message>
        <message>
            <source>Label each class in more places, or set a smaller PATCH_PX.</source>
            <translation>Zeichnen Sie Labels jeder Klasse an mehr Stellen, oder setzen Sie PATCH_PX kleiner.</translation>
        </message>
        <message>
            <source>No labelled pixel lies inside the validation area.</source>
            <translation>Kein Pixel mit Label liegt innerhalb der Validierungsfläche.</translation>
        </message>
        <message>
            <source>Draw the validation area over labels of the image.</source>
            <translation>Zeichnen Sie das Validierungsgebiet über Labels des Bildes.</translation>
        </message>
        <message>
            <source>The validation area leaves no labels to learn from.</source>
            <translation>Die Validierungsfläche lässt keine Labels zum Lernen übrig.</translation>
        </message>
        <message>
            <source>Make the validation area smaller, or label more places outside it.</source>
            <translation>Machen Sie das Validierungsgebiet kleiner, oder zeichnen Sie Labels an mehr Stellen außerhalb.</translation>
        </message>
        <message>
            <source>blocks surveyed</source>
            <translation>Blöcken durchgesehen</translation>
        </message>
        <message>
            <source>The best epoch so far is kept.</source>
            <translation>Die bisher beste Epoche wird behalten.</translation>
        </message>
        <message>
            <source>An epoch is {patches:,} patches of {patch_px} px.</source>
            <translation>Eine Epoche umfasst {patches:,} Ausschnitte von {patch_px} px.</translation>
        </message>
        <message>
            <source>Continuing an earlier run after epoch {epoch}.</source>
            <translation>Ein früherer Lauf wird nach Epoche {epoch} fortgesetzt.</translation>
        </message>
        <message>
            <source>Stopped early: no better mean F1 in {epochs} epochs.</source>
            <translation>Vorzeitig beendet: kein besseres mittleres F1 in {epochs} Epochen.</translation>
        </message>
        <message>
            <source>Quantity disagreement</source>
            <translation>Mengenabweichung</translation>
        </message>
        <message>
            <source>Allocation disagreement</source>
            <translation>Zuordnungsabweichung</translation>
        </message>
        <message>
            <source>Mean F1</source>
            <translation>Mittleres F1</translation>
        </message>
        <message>
            <source>Mean IoU</source>
            <translation>Mittlere IoU</translation>
        </message>
        <message>
            <source>Frequency-weighted IoU</source>
            <translation>Nach Häufigkeit gewichtete IoU</translation>
        </message>
        <message>
            <source>Kappa</source>
            <translation>Kappa</translation>
        </message>
        <message>
            <source>Matthews correlation</source>
            <translation>Matthews-Korrelation</translation>
        </message>
        <message>
            <source>Overall accuracy</source>
            <translation>Gesamtgenauigkeit</translation>
        </message>
    </context>
</TS>
