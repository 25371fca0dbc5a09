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
            <source>This QGIS is too new for the dialog with estimate and commands: QGIS's own opens. Update the plugin.</source>
            <translation>Dieses QGIS ist zu neu für den Dialog mit Schätzung und Befehlen: QGIS öffnet seinen eigenen. Aktualisieren Sie das Plugin.</translation>
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
            <source>Tries every part of the engine on a small scene, and says which Python, libraries and device it uses.</source>
            <translation>Probiert jeden Teil der Engine an einer kleinen Szene aus und sagt, welches Python, welche Bibliotheken und welches Gerät sie verwendet.</translation>
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
            <source>Keep the finished part when cancelled, to go on from later</source>
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
            <source>Overall accuracy</source>
            <translation>Gesamtgenauigkeit</translation>
        </message>
        <message>
            <source>Kappa</source>
            <translation>Kappa</translation>
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
            <source>Regions to have figures of each</source>
            <translation>Regionen, von denen jede ihre Zahlen bekommt</translation>
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
            <source>Teaches a neural network the classes of polygons or of a class raster.</source>
            <translation>Bringt einem neuronalen Netz die Klassen von Polygonen oder eines Klassenrasters bei.</translation>
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
            <source>Learnt beside the classes</source>
            <translation>Neben den Klassen gelernt</translation>
        </message>
        <message>
            <source>Changes of the patches</source>
            <translation>Veränderungen der Ausschnitte</translation>
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
            <source>Part of the labelled blocks kept for validation</source>
            <translation>Für die Validierung zurückgehaltener Teil der Blöcke mit Labels</translation>
        </message>
        <message>
            <source>Validate inside these polygons instead</source>
            <translation>Stattdessen innerhalb dieser Polygone validieren</translation>
        </message>
        <message>
            <source>Go on from an interrupted training</source>
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
            <source>{network} cannot learn {auxiliary} beside the classes. Set AUXILIARY to auto or none.</source>
            <translation>{network} kann {auxiliary} nicht neben den Klassen lernen. Setzen Sie AUXILIARY auf auto oder none.</translation>
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
            <source>Epoch {number}: loss {training:.3f}, in validation {validation:.3f}; mean F1 {f1:.3f}</source>
            <translation>Epoche {number}: Verlust {training:.3f}, in der Validierung {validation:.3f}; mittleres F1 {f1:.3f}</translation>
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
            <source>Class</source>
            <translation>Klasse</translation>
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
            <source>Model chains</source>
            <translation>Modellketten</translation>
        </message>
        <message>
            <source>{name} gets no style. {message}</source>
            <translation>{name} bekommt keinen Stil. {message}</translation>
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
            <source>“{parameter}” is {path}. Let its name end in {ending}.</source>
            <translation>„{parameter}“ ist {path}. Lassen Sie den Namen auf {ending} enden.</translation>
        </message>
        <message>
            <source>Save it as job.json, and run: python -m engine {kind} job.json</source>
            <translation>Speichern Sie ihn als job.json und starten Sie: python -m engine {kind} job.json</translation>
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
            <source>Estimate</source>
            <translation>Abschätzen</translation>
        </message>
        <message>
            <source>Measures how long it would take, on which device and in how much memory</source>
            <translation>Misst, wie lange es dauern würde, auf welchem Gerät und mit wie viel Speicher</translation>
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
            <source>Save {layers} first: nobody else finds them as they are now.</source>
            <translation>Speichern Sie zuerst {layers}: Niemand sonst findet sie so, wie sie jetzt sind.</translation>
        </message>
        <message>
            <source>A library was built for a newer processor than this one. Run Check the engine: it names the library.</source>
            <translation>Eine Bibliothek wurde für einen neueren Prozessor als diesen gebaut. Führen Sie „Engine prüfen“ aus: Es nennt die Bibliothek.</translation>
        </message>
        <message>
            <source>To see which part fails, run Check the engine. If all is well there, try again with more free memory.</source>
            <translation>Um zu sehen, welcher Teil versagt, führen Sie „Engine prüfen“ aus. Wenn dort alles gelingt, versuchen Sie es noch einmal mit mehr freiem Arbeitsspeicher.</translation>
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
            <source>The engine has no Python with PyTorch yet.</source>
            <translation>Die Engine hat noch kein Python mit PyTorch.</translation>
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
            <source>Processing's options</source>
            <translation>den Optionen von Verarbeitung</translation>
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
            <source>The engine's Python {path} ({source}) cannot run it.</source>
            <translation>Das Python der Engine {path} ({source}) kann sie nicht ausführen.</translation>
        </message>
        <message>
            <source>Run this in a terminal: "{python}" "{installer}"</source>
            <translation>Führen Sie in einem Terminal aus: "{python}" "{installer}"</translation>
        </message>
        <message>
            <source>the environment variable {name}</source>
            <translation>der Umgebungsvariablen {name}</translation>
        </message>
        <message>
            <source>Correct it there.</source>
            <translation>Berichtigen Sie es dort.</translation>
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
            <source>{patches} a step</source>
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
            <source>Export it first: a raster to GeoTIFF, a vector to GeoPackage.</source>
            <translation>Exportieren Sie ihn zuerst: ein Raster als GeoTIFF, Vektoren als GeoPackage.</translation>
        </message>
        <message>
            <source>Choose a layer of polygons.</source>
            <translation>Wählen Sie einen Layer mit Polygonen.</translation>
        </message>
        <message>
            <source>The layer {name} is not a raster or vector file (it comes from {provider}).</source>
            <translation>Der Layer {name} ist keine Raster- oder Vektordatei (er kommt von {provider}).</translation>
        </message>
        <message>
            <source>The layer {name} is a table without geometries.</source>
            <translation>Der Layer {name} ist eine Tabelle ohne Geometrien.</translation>
        </message>
        <message>
            <source>{name} has no style that can be read; QGIS chooses the colours. {message}</source>
            <translation>{name} hat keinen lesbaren Stil; QGIS wählt die Farben. {message}</translation>
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
            <source>{network}, {count} bands ({bands})</source>
            <translation>{network}, {count} Bänder ({bands})</translation>
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
            <source>and {count} more</source>
            <translation>und {count} weitere</translation>
        </message>
        <message>
            <source>The card of {path} cannot be read.</source>
            <translation>Die Karte von {path} ist nicht lesbar.</translation>
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
            <source>Write old=new with semicolons between, such as concerte=concrete; 7=water #0000ff.</source>
            <translation>Schreiben Sie alt=neu mit Semikolons dazwischen, etwa concerte=concrete; 7=water #0000ff.</translation>
        </message>
        <message>
            <source>Write them as name=number with spaces between, such as width=16 depth=4.</source>
            <translation>Schreiben Sie sie als Name=Zahl mit Leerzeichen dazwischen, etwa width=16 depth=4.</translation>
        </message>
        <message>
            <source>{entry} renames no class.</source>
            <translation>{entry} benennt keine Klasse um.</translation>
        </message>
        <message>
            <source>{word} is no network option.</source>
            <translation>{word} ist keine Option des Netzes.</translation>
        </message>
        <message>
            <source>its answer is not that of a Python</source>
            <translation>seine Antwort ist nicht die eines Python</translation>
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
            <source>The engine's Python {path} ({source}) does not run as a Python 3: {error}.</source>
            <translation>Das Python der Engine {path} ({source}) läuft nicht als Python 3: {error}.</translation>
        </message>
        <message>
            <source>it gives no answer within {seconds} seconds</source>
            <translation>es antwortet nicht innerhalb von {seconds} Sekunden</translation>
        </message>
        <message>
            <source>it ends with exit code {code}</source>
            <translation>es endet mit dem Rückgabewert {code}</translation>
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
            <source>“{parameter}” has no value.</source>
            <translation>„{parameter}“ hat keinen Wert.</translation>
        </message>
        <message>
            <source>Epoch {number}: loss {training:.3f}, in validation {validation:.3f}; mean F1 {f1:.3f}, mean IoU {iou:.3f}, overall accuracy {accuracy:.3f} ({seconds:.1f} s)</source>
            <translation>Epoche {number}: Verlust {training:.3f}, in der Validierung {validation:.3f}; mittleres F1 {f1:.3f}, mittlere IoU {iou:.3f}, Gesamtgenauigkeit {accuracy:.3f} ({seconds:.1f} s)</translation>
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
            <source>The finished part was kept: run it again with the same parameters to go on from there.</source>
            <translation>Der fertige Teil wurde behalten: Starten Sie mit denselben Parametern noch einmal, um dort weiterzumachen.</translation>
        </message>
        <message>
            <source>Another job is running: this one gets an engine of its own beside it, and both will be slower.</source>
            <translation>Ein anderer Auftrag läuft: Dieser bekommt daneben eine eigene Engine, und beide werden langsamer.</translation>
        </message>
        <message>
            <source>The run was cancelled.</source>
            <translation>Der Lauf wurde abgebrochen.</translation>
        </message>
        <message>
            <source>{path} could not be removed: {reason}.</source>
            <translation>{path} konnte nicht gelöscht werden: {reason}.</translation>
        </message>
    </context>
</TS>
