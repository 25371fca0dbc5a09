<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
    <context>
        <name>RasterSegmenter</name>
        <message>
            <source>Segmentation</source>
            <translation>Segmentation</translation>
        </message>
        <message>
            <source>This QGIS is too new for the dialog with estimate and commands: QGIS's own opens. Update the plugin.</source>
            <translation>Ce QGIS est trop récent pour le dialogue avec estimation et commandes : celui de QGIS s’ouvre. Mettez l’extension à jour.</translation>
        </message>
        <message>
            <source>The engine's result lacks {name}. Reinstall Raster Segmenter.</source>
            <translation>Il manque {name} dans le résultat du moteur. Réinstallez Raster Segmenter.</translation>
        </message>
        <message>
            <source>Check the engine</source>
            <translation>Vérifier le moteur</translation>
        </message>
        <message>
            <source>Tries every part of the engine on a small scene, and says which Python, libraries and device it uses.</source>
            <translation>Essaie chaque partie du moteur sur une petite scène, et dit quel Python, quelles bibliothèques et quel processeur il utilise.</translation>
        </message>
        <message>
            <source>Engine</source>
            <translation>Moteur</translation>
        </message>
        <message>
            <source>Device in use</source>
            <translation>Processeur utilisé</translation>
        </message>
        <message>
            <source>Why this device</source>
            <translation>Pourquoi ce processeur</translation>
        </message>
        <message>
            <source>Python interpreter</source>
            <translation>Interpréteur Python</translation>
        </message>
        <message>
            <source>Version of Python</source>
            <translation>Version de Python</translation>
        </message>
        <message>
            <source>Version of PyTorch</source>
            <translation>Version de PyTorch</translation>
        </message>
        <message>
            <source>Version of GDAL</source>
            <translation>Version de GDAL</translation>
        </message>
        <message>
            <source>What was tried, for a report of a problem</source>
            <translation>Ce qui a été essayé, pour signaler un problème</translation>
        </message>
        <message>
            <source>GPU,CUDA,device,PyTorch,diagnose,installation,version</source>
            <translation>GPU,CUDA,processeur,PyTorch,diagnostic,installation,version</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>Processeur</translation>
        </message>
        <message>
            <source>Classify raster</source>
            <translation>Classer un raster</translation>
        </message>
        <message>
            <source>Gives each pixel of a raster its class, by a trained model.</source>
            <translation>Donne sa classe à chaque pixel d'un raster, à l'aide d'un modèle entraîné.</translation>
        </message>
        <message>
            <source>deep learning,neural network,semantic segmentation,inference,prediction,land cover,class map</source>
            <translation>apprentissage profond,réseau de neurones,segmentation sémantique,inférence,prédiction,occupation du sol,carte de classes</translation>
        </message>
        <message>
            <source>Image</source>
            <translation>Image</translation>
        </message>
        <message>
            <source>Classify only inside these polygons</source>
            <translation>Ne classer que dans ces polygones</translation>
        </message>
        <message>
            <source>Class map</source>
            <translation>Carte de classes</translation>
        </message>
        <message>
            <source>Pixels classified</source>
            <translation>Pixels classés</translation>
        </message>
        <message>
            <source>Seconds</source>
            <translation>Secondes</translation>
        </message>
        <message>
            <source>Extent to classify</source>
            <translation>Étendue à classer</translation>
        </message>
        <message>
            <source>Average over turned and flipped views (eight times the work)</source>
            <translation>Moyenner des vues tournées et retournées (huit fois le travail)</translation>
        </message>
        <message>
            <source>Blend overlapping windows</source>
            <translation>Fondre des fenêtres qui se recouvrent</translation>
        </message>
        <message>
            <source>Resolution to classify at</source>
            <translation>Résolution de la classification</translation>
        </message>
        <message>
            <source>Precision of the computation</source>
            <translation>Précision du calcul</translation>
        </message>
        <message>
            <source>Side of a tile in pixels (0: automatic)</source>
            <translation>Côté d'une tuile en pixels (0 : automatique)</translation>
        </message>
        <message>
            <source>Smallest polygon in square metres</source>
            <translation>Plus petit polygone en mètres carrés</translation>
        </message>
        <message>
            <source>Write the maps as cloud-optimised GeoTIFFs</source>
            <translation>Écrire les cartes en GeoTIFF optimisés pour le nuage</translation>
        </message>
        <message>
            <source>Keep the finished part when cancelled, to go on from later</source>
            <translation>Garder la part finie en cas d'annulation, pour en repartir plus tard</translation>
        </message>
        <message>
            <source>Probabilities of the classes</source>
            <translation>Probabilités des classes</translation>
        </message>
        <message>
            <source>Confidence</source>
            <translation>Confiance</translation>
        </message>
        <message>
            <source>Polygons</source>
            <translation>Polygones</translation>
        </message>
        <message>
            <source>Summary of the areas</source>
            <translation>Résumé des aires</translation>
        </message>
        <message>
            <source>Areas as JSON</source>
            <translation>Aires en JSON</translation>
        </message>
        <message>
            <source>Describe model</source>
            <translation>Décrire un modèle</translation>
        </message>
        <message>
            <source>Says what a model was trained for and how well, or what a network is and how it was published.</source>
            <translation>Dit à quoi un modèle a été entraîné et ce qu'il vaut, ou ce qu'est un réseau et comment il a été publié.</translation>
        </message>
        <message>
            <source>model card,metadata,classes,bands,accuracy,network,paper,published settings</source>
            <translation>fiche de modèle,métadonnées,classes,bandes,exactitude,réseau,article,réglages publiés</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modèle</translation>
        </message>
        <message>
            <source>Network, where no model is given</source>
            <translation>Réseau, si aucun modèle n'est donné</translation>
        </message>
        <message>
            <source>Description as JSON</source>
            <translation>Description en JSON</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Réseau</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>Classes</translation>
        </message>
        <message>
            <source>Bands</source>
            <translation>Bandes</translation>
        </message>
        <message>
            <source>Trainable parameters</source>
            <translation>Paramètres entraînables</translation>
        </message>
        <message>
            <source>Give either a model file or a network to describe.</source>
            <translation>Donnez soit un fichier de modèle, soit un réseau à décrire.</translation>
        </message>
        <message>
            <source>Evaluate against reference</source>
            <translation>Évaluer avec une référence</translation>
        </message>
        <message>
            <source>Compares a class map with reference labels, class by class.</source>
            <translation>Compare une carte de classes à une référence, classe par classe.</translation>
        </message>
        <message>
            <source>accuracy,confusion matrix,kappa,F1,IoU,validation,assessment,reference,ground truth</source>
            <translation>exactitude,matrice de confusion,kappa,F1,IoU,validation,évaluation,référence,vérité terrain</translation>
        </message>
        <message>
            <source>Map of errors</source>
            <translation>Carte des erreurs</translation>
        </message>
        <message>
            <source>Worst places</source>
            <translation>Pires endroits</translation>
        </message>
        <message>
            <source>Confusion matrix as CSV</source>
            <translation>Matrice de confusion en CSV</translation>
        </message>
        <message>
            <source>Overall accuracy</source>
            <translation>Exactitude globale</translation>
        </message>
        <message>
            <source>Kappa</source>
            <translation>Kappa</translation>
        </message>
        <message>
            <source>Mean F1</source>
            <translation>F1 moyen</translation>
        </message>
        <message>
            <source>Mean IoU</source>
            <translation>IoU moyen</translation>
        </message>
        <message>
            <source>Overall accuracy without borders</source>
            <translation>Exactitude globale sans les limites</translation>
        </message>
        <message>
            <source>Mean F1 without borders</source>
            <translation>F1 moyen sans les limites</translation>
        </message>
        <message>
            <source>Overall accuracy of the map, from points</source>
            <translation>Exactitude globale de la carte, d'après des points</translation>
        </message>
        <message>
            <source>Mean area under the ROC curve</source>
            <translation>Aire moyenne sous la courbe ROC</translation>
        </message>
        <message>
            <source>Reference: polygons, points or class rasters</source>
            <translation>Référence : polygones, points ou rasters de classes</translation>
        </message>
        <message>
            <source>Probabilities of the map</source>
            <translation>Probabilités de la carte</translation>
        </message>
        <message>
            <source>Borders between classes to leave out, in pixels</source>
            <translation>Limites entre classes à laisser de côté, en pixels</translation>
        </message>
        <message>
            <source>Regions to have figures of each</source>
            <translation>Régions dont chacune aura ses chiffres</translation>
        </message>
        <message>
            <source>Field with the name of each region</source>
            <translation>Champ contenant le nom de chaque région</translation>
        </message>
        <message>
            <source>Use labels only inside these polygons</source>
            <translation>N'utiliser les étiquettes que dans ces polygones</translation>
        </message>
        <message>
            <source>Figures as JSON</source>
            <translation>Chiffres en JSON</translation>
        </message>
        <message>
            <source>Export model</source>
            <translation>Exporter un modèle</translation>
        </message>
        <message>
            <source>Writes a model as ONNX, for Deepness and other programs, and checks that it gives the same.</source>
            <translation>Écrit un modèle en ONNX, pour Deepness et d'autres programmes, et vérifie qu'il donne la même chose.</translation>
        </message>
        <message>
            <source>ONNX,Deepness,convert,interchange,neural network,deployment</source>
            <translation>ONNX,Deepness,convertir,échange,réseau de neurones,déploiement</translation>
        </message>
        <message>
            <source>ONNX file</source>
            <translation>Fichier ONNX</translation>
        </message>
        <message>
            <source>Sample points for assessment</source>
            <translation>Échantillonner des points pour l'évaluation</translation>
        </message>
        <message>
            <source>Draws random points from each class of a map, to be labelled for its assessment.</source>
            <translation>Tire au hasard des points dans chaque classe d'une carte, à étiqueter pour l'évaluer.</translation>
        </message>
        <message>
            <source>accuracy,assessment,stratified random sample,validation,reference,area estimation,response design</source>
            <translation>exactitude,évaluation,échantillon aléatoire stratifié,validation,référence,estimation de surface,plan de réponse</translation>
        </message>
        <message>
            <source>Standard error of overall accuracy</source>
            <translation>Erreur type de l'exactitude globale</translation>
        </message>
        <message>
            <source>Expected accuracy of each class</source>
            <translation>Exactitude attendue de chaque classe</translation>
        </message>
        <message>
            <source>Points in all (0: as many as the standard error asks for)</source>
            <translation>Points en tout (0 : autant que l'erreur type en demande)</translation>
        </message>
        <message>
            <source>Fewest points on each class</source>
            <translation>Points au moins dans chaque classe</translation>
        </message>
        <message>
            <source>Sample points</source>
            <translation>Points d'échantillon</translation>
        </message>
        <message>
            <source>Points drawn</source>
            <translation>Points tirés</translation>
        </message>
        <message>
            <source>Pixels they stand for</source>
            <translation>Pixels qu'ils représentent</translation>
        </message>
        <message>
            <source>Draw points only inside these polygons</source>
            <translation>Ne tirer des points que dans ces polygones</translation>
        </message>
        <message>
            <source>Seed of the random numbers</source>
            <translation>Graine des nombres aléatoires</translation>
        </message>
        <message>
            <source>Train segmenter</source>
            <translation>Entraîner un segmenteur</translation>
        </message>
        <message>
            <source>Teaches a neural network the classes of polygons or of a class raster.</source>
            <translation>Apprend à un réseau de neurones les classes de polygones ou d'un raster de classes.</translation>
        </message>
        <message>
            <source>Recommended</source>
            <translation>Recommandés</translation>
        </message>
        <message>
            <source>As published with the network</source>
            <translation>Tels que publiés avec le réseau</translation>
        </message>
        <message>
            <source>Overall accuracy in validation</source>
            <translation>Exactitude globale en validation</translation>
        </message>
        <message>
            <source>Mean F1 in validation</source>
            <translation>F1 moyen en validation</translation>
        </message>
        <message>
            <source>Mean IoU in validation</source>
            <translation>IoU moyen en validation</translation>
        </message>
        <message>
            <source>Best epoch</source>
            <translation>Meilleure époque</translation>
        </message>
        <message>
            <source>Epochs run</source>
            <translation>Époques effectuées</translation>
        </message>
        <message>
            <source>Networks</source>
            <translation>Réseaux</translation>
        </message>
        <message>
            <source>deep learning,neural network,u-net,semantic segmentation,land cover,training,classification</source>
            <translation>apprentissage profond,réseau de neurones,u-net,segmentation sémantique,occupation du sol,entraînement,classification</translation>
        </message>
        <message>
            <source>Images</source>
            <translation>Images</translation>
        </message>
        <message>
            <source>Minutes at most (0: no limit)</source>
            <translation>Minutes au plus (0 : sans limite)</translation>
        </message>
        <message>
            <source>Training settings</source>
            <translation>Réglages de l'entraînement</translation>
        </message>
        <message>
            <source>Epochs at most (0: automatic)</source>
            <translation>Époques au plus (0 : automatique)</translation>
        </message>
        <message>
            <source>Options of the network (name=number …)</source>
            <translation>Options du réseau (nom=nombre …)</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>Fonction de perte</translation>
        </message>
        <message>
            <source>Learnt beside the classes</source>
            <translation>Appris à côté des classes</translation>
        </message>
        <message>
            <source>Changes of the patches</source>
            <translation>Changements des imagettes</translation>
        </message>
        <message>
            <source>Weights to start from: a file, or a name such as imagenet</source>
            <translation>Poids de départ : un fichier, ou un nom comme imagenet</translation>
        </message>
        <message>
            <source>Side of a training patch in pixels (0: automatic)</source>
            <translation>Côté d'une imagette d'entraînement en pixels (0 : automatique)</translation>
        </message>
        <message>
            <source>Patches per step (0: automatic)</source>
            <translation>Imagettes par pas (0 : automatique)</translation>
        </message>
        <message>
            <source>Learning rate (0: automatic)</source>
            <translation>Taux d'apprentissage (0 : automatique)</translation>
        </message>
        <message>
            <source>Part of the labelled blocks kept for validation</source>
            <translation>Part des blocs étiquetés gardée pour la validation</translation>
        </message>
        <message>
            <source>Validate inside these polygons instead</source>
            <translation>Valider plutôt dans ces polygones</translation>
        </message>
        <message>
            <source>Go on from an interrupted training</source>
            <translation>Reprendre un entraînement interrompu</translation>
        </message>
        <message>
            <source>The same seed gives the same model on a GPU too (slower)</source>
            <translation>La même graine donne le même modèle sur un GPU aussi (plus lent)</translation>
        </message>
        <message>
            <source>none for this network</source>
            <translation>aucun pour ce réseau</translation>
        </message>
        <message>
            <source>Labels: polygons or class rasters</source>
            <translation>Étiquettes : polygones ou rasters de classes</translation>
        </message>
        <message>
            <source>As published</source>
            <translation>Tel que publié</translation>
        </message>
        <message>
            <source>{network} cannot learn {auxiliary} beside the classes. Set AUXILIARY to auto or none.</source>
            <translation>{network} ne peut pas apprendre {auxiliary} à côté des classes. Mettez AUXILIARY sur auto ou none.</translation>
        </message>
        <message>
            <source>{network} is our own variant: no settings were published. Set SCHEDULE to recommended.</source>
            <translation>{network} est notre propre variante : aucun réglage n'a été publié. Mettez SCHEDULE sur les réglages recommandés.</translation>
        </message>
        <message>
            <source>INITIAL is {path}: no such file, and no published weights of that name ({known}).</source>
            <translation>INITIAL vaut {path} : ce fichier n'existe pas, ni de poids publiés de ce nom ({known}).</translation>
        </message>
        <message>
            <source>Learning curve</source>
            <translation>Courbe d’apprentissage</translation>
        </message>
        <message>
            <source>{count} epochs</source>
            <translation>{count} époques</translation>
        </message>
        <message>
            <source>in validation</source>
            <translation>en validation</translation>
        </message>
        <message>
            <source>mean F1</source>
            <translation>F1 moyen</translation>
        </message>
        <message>
            <source>Epoch {number}: loss {training:.3f}, in validation {validation:.3f}; mean F1 {f1:.3f}</source>
            <translation>Époque {number} : perte {training:.3f}, en validation {validation:.3f} ; F1 moyen {f1:.3f}</translation>
        </message>
        <message>
            <source>training block</source>
            <translation>bloc d’entraînement</translation>
        </message>
        <message>
            <source>validation block</source>
            <translation>bloc de validation</translation>
        </message>
        <message>
            <source>last batch</source>
            <translation>dernier lot</translation>
        </message>
        <message>
            <source>Class</source>
            <translation>Classe</translation>
        </message>
        <message>
            <source>Drag it to another corner, or press Ctrl and an arrow key.</source>
            <translation>Faites-le glisser vers un autre coin, ou appuyez sur Ctrl et une flèche.</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Progression</translation>
        </message>
        <message>
            <source>Fold or unfold</source>
            <translation>Replier ou déplier</translation>
        </message>
        <message>
            <source>Starting …</source>
            <translation>Démarrage…</translation>
        </message>
        <message>
            <source>Share so far</source>
            <translation>Part jusqu’ici</translation>
        </message>
        <message>
            <source>Model chains</source>
            <translation>Chaînes de modèles</translation>
        </message>
        <message>
            <source>{name} gets no style. {message}</source>
            <translation>{name} reste sans style. {message}</translation>
        </message>
        <message>
            <source>“Model” is empty. Choose a .safetensors file made by Train segmenter.</source>
            <translation>« Modèle » est vide. Choisissez un fichier .safetensors produit par « Entraîner un segmenteur ».</translation>
        </message>
        <message>
            <source>Choose one of: {choices}.</source>
            <translation>Choisissez parmi : {choices}.</translation>
        </message>
        <message>
            <source>Give a number from {low:g} to {high:g}.</source>
            <translation>Donnez un nombre de {low:g} à {high:g}.</translation>
        </message>
        <message>
            <source>“{parameter}” is {value}. {remedy}</source>
            <translation>« {parameter} » vaut {value}. {remedy}</translation>
        </message>
        <message>
            <source>The output {path} is a folder. Give the name of a file in it.</source>
            <translation>La sortie {path} est un dossier. Donnez le nom d'un fichier dans ce dossier.</translation>
        </message>
        <message>
            <source>There is no model {path}. Choose a .safetensors file made by Train segmenter.</source>
            <translation>Le modèle {path} n'existe pas. Choisissez un fichier .safetensors produit par « Entraîner un segmenteur ».</translation>
        </message>
        <message>
            <source>“{parameter}” is empty. Choose a layer.</source>
            <translation>« {parameter} » est vide. Choisissez une couche.</translation>
        </message>
        <message>
            <source>The output folder {folder} does not exist. Create it, or choose another one.</source>
            <translation>Le dossier de sortie {folder} n'existe pas. Créez-le ou choisissez-en un autre.</translation>
        </message>
        <message>
            <source>{value} in “{parameter}” cannot be opened. Check that it exists and is a complete raster or vector file.</source>
            <translation>{value} dans « {parameter} » ne peut pas être ouvert. Vérifiez qu'il existe et que c'est un fichier raster ou vecteur complet.</translation>
        </message>
        <message>
            <source>The output folder {folder} may not be written to. Choose another one.</source>
            <translation>Le dossier de sortie {folder} est protégé en écriture. Choisissez-en un autre.</translation>
        </message>
        <message>
            <source>“{parameter}” is {path}. Let its name end in {ending}.</source>
            <translation>« {parameter} » est {path}. Terminez son nom par {ending}.</translation>
        </message>
        <message>
            <source>Save it as job.json, and run: python -m engine {kind} job.json</source>
            <translation>Enregistrez-le sous job.json, puis lancez : python -m engine {kind} job.json</translation>
        </message>
        <message>
            <source>Press Run to map the buildings of Banepa, Nepal, with a model that was trained on the blue area.</source>
            <translation>Appuyez sur Exécuter pour cartographier les bâtiments de Banepa, au Népal, avec un modèle entraîné sur la zone bleue.</translation>
        </message>
        <message>
            <source>Banepa, aerial image</source>
            <translation>Banepa, image aérienne</translation>
        </message>
        <message>
            <source>Raster Segmenter: demo</source>
            <translation>Raster Segmenter : démonstration</translation>
        </message>
        <message>
            <source>Buildings</source>
            <translation>Bâtiments</translation>
        </message>
        <message>
            <source>Training area</source>
            <translation>Zone d’entraînement</translation>
        </message>
        <message>
            <source>Test area</source>
            <translation>Zone de test</translation>
        </message>
        <message>
            <source>The demo's files cannot be copied to {folder}: {reason}.</source>
            <translation>Les fichiers de démonstration ne peuvent pas être copiés vers {folder} : {reason}.</translation>
        </message>
        <message>
            <source>Estimate</source>
            <translation>Estimer</translation>
        </message>
        <message>
            <source>Measures how long it would take, on which device and in how much memory</source>
            <translation>Mesure combien de temps cela prendrait, sur quel processeur et avec combien de mémoire</translation>
        </message>
        <message>
            <source>Copy as</source>
            <translation>Copier comme</translation>
        </message>
        <message>
            <source>Python command</source>
            <translation>Commande Python</translation>
        </message>
        <message>
            <source>qgis_process command</source>
            <translation>Commande qgis_process</translation>
        </message>
        <message>
            <source>Engine job, for a machine without QGIS</source>
            <translation>Travail du moteur, pour une machine sans QGIS</translation>
        </message>
        <message>
            <source>Measuring …</source>
            <translation>Mesure en cours…</translation>
        </message>
        <message>
            <source>Copied.</source>
            <translation>Copié.</translation>
        </message>
        <message>
            <source>Save {layers} first: nobody else finds them as they are now.</source>
            <translation>Enregistrez d’abord {layers} : personne d’autre ne les trouve telles qu’elles sont.</translation>
        </message>
        <message>
            <source>A library was built for a newer processor than this one. Run Check the engine: it names the library.</source>
            <translation>Une bibliothèque a été compilée pour un processeur plus récent que celui-ci. Lancez « Vérifier le moteur » : il nomme la bibliothèque.</translation>
        </message>
        <message>
            <source>To see which part fails, run Check the engine. If all is well there, try again with more free memory.</source>
            <translation>Pour voir quelle partie échoue, lancez « Vérifier le moteur ». Si tout y va bien, réessayez avec plus de mémoire libre.</translation>
        </message>
        <message>
            <source>The engine crashed: {crash} (exit code {code}).</source>
            <translation>Le moteur s'est écrasé : {crash} (code de sortie {code}).</translation>
        </message>
        <message>
            <source>The engine stopped without a result (exit code {code}).</source>
            <translation>Le moteur s'est arrêté sans résultat (code de sortie {code}).</translation>
        </message>
        <message>
            <source>The engine has no Python with PyTorch yet.</source>
            <translation>Le moteur n'a pas encore de Python avec PyTorch.</translation>
        </message>
        <message>
            <source>The engine's Python {path}, named in {source}, does not exist.</source>
            <translation>Le Python du moteur {path}, indiqué dans {source}, n'existe pas.</translation>
        </message>
        <message>
            <source>The engine's Python {path} ({source}) lacks: {modules}.</source>
            <translation>Il manque au Python du moteur {path} ({source}) : {modules}.</translation>
        </message>
        <message>
            <source>Processing's options</source>
            <translation>les options de Traitement</translation>
        </message>
        <message>
            <source>QGIS's own Python</source>
            <translation>le Python de QGIS</translation>
        </message>
        <message>
            <source>The engine's Python {path}, named in {source}, is a folder without a Python.</source>
            <translation>Le Python du moteur {path}, indiqué dans {source}, est un dossier sans Python.</translation>
        </message>
        <message>
            <source>Run this in a terminal:
"{own}" "{installer}" "{folder}"
It says how much it will download. Then enter {python} in Settings &gt; Options &gt; Processing &gt; Providers &gt; Raster Segmenter, or set the environment variable {variable} to it.</source>
            <translation>Exécutez ceci dans un terminal :
"{own}" "{installer}" "{folder}"
La taille du téléchargement y est indiquée. Indiquez ensuite {python} dans Préférences &gt; Options &gt; Traitement &gt; Fournisseurs &gt; Raster Segmenter, ou dans la variable d'environnement {variable}.</translation>
        </message>
        <message>
            <source>osgeo (the Python module of GDAL)</source>
            <translation>osgeo (le module Python de GDAL)</translation>
        </message>
        <message>
            <source>The engine's Python {path} ({source}) cannot run it.</source>
            <translation>Le Python du moteur {path} ({source}) ne peut pas l'exécuter.</translation>
        </message>
        <message>
            <source>Run this in a terminal: "{python}" "{installer}"</source>
            <translation>Exécutez dans un terminal : "{python}" "{installer}"</translation>
        </message>
        <message>
            <source>the environment variable {name}</source>
            <translation>la variable d'environnement {name}</translation>
        </message>
        <message>
            <source>Correct it there.</source>
            <translation>Corrigez-le à cet endroit.</translation>
        </message>
        <message>
            <source>time unknown</source>
            <translation>durée inconnue</translation>
        </message>
        <message>
            <source>about {time} in all</source>
            <translation>environ {time} en tout</translation>
        </message>
        <message>
            <source>windows: {windows}, in {precision}</source>
            <translation>fenêtres : {windows}, en {precision}</translation>
        </message>
        <message>
            <source>{patches} a step</source>
            <translation>{patches} par pas</translation>
        </message>
        <message>
            <source>{epochs} epochs at most, {time} each</source>
            <translation>{epochs} époques au plus, {time} chacune</translation>
        </message>
        <message>
            <source>about {size} of memory</source>
            <translation>environ {size} de mémoire</translation>
        </message>
        <message>
            <source>Raster Segmenter: help</source>
            <translation>Raster Segmenter : aide</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>Pages</translation>
        </message>
        <message>
            <source>Page</source>
            <translation>Page</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Retour</translation>
        </message>
        <message>
            <source>Tutorial: a first map in ten minutes</source>
            <translation>Tutoriel : une première carte en dix minutes</translation>
        </message>
        <message>
            <source>Troubleshooting</source>
            <translation>Dépannage</translation>
        </message>
        <message>
            <source>Export it first: a raster to GeoTIFF, a vector to GeoPackage.</source>
            <translation>Exportez-la d'abord : un raster en GeoTIFF, un vecteur en GeoPackage.</translation>
        </message>
        <message>
            <source>Choose a layer of polygons.</source>
            <translation>Choisissez une couche de polygones.</translation>
        </message>
        <message>
            <source>The layer {name} is not a raster or vector file (it comes from {provider}).</source>
            <translation>La couche {name} n'est pas un fichier raster ou vecteur (elle vient de {provider}).</translation>
        </message>
        <message>
            <source>The layer {name} is a table without geometries.</source>
            <translation>La couche {name} est une table sans géométries.</translation>
        </message>
        <message>
            <source>{name} has no style that can be read; QGIS chooses the colours. {message}</source>
            <translation>{name} n'a pas de style lisible ; QGIS choisit les couleurs. {message}</translation>
        </message>
        <message>
            <source>Demo project</source>
            <translation>Projet de démonstration</translation>
        </message>
        <message>
            <source>Loads an aerial image, labels and a trained model.</source>
            <translation>Charge une image aérienne, des étiquettes et un modèle entraîné.</translation>
        </message>
        <message>
            <source>Show runs on the map</source>
            <translation>Montrer les exécutions sur la carte</translation>
        </message>
        <message>
            <source>Show legend and progress on the map</source>
            <translation>Montrer la légende et la progression sur la carte</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Aide</translation>
        </message>
        <message>
            <source>Tutorial, algorithms and troubleshooting.</source>
            <translation>Tutoriel, algorithmes et dépannage.</translation>
        </message>
        <message>
            <source>{network}, {count} bands ({bands})</source>
            <translation>{network}, {count} bandes ({bands})</translation>
        </message>
        <message>
            <source>In validation: overall accuracy {accuracy:.1%}, mean F1 {f1:.3f}, mean IoU {iou:.3f}</source>
            <translation>En validation : exactitude globale {accuracy:.1%}, F1 moyen {f1:.3f}, IoU moyen {iou:.3f}</translation>
        </message>
        <message>
            <source>pixels of {width:.3g} × {height:.3g} m</source>
            <translation>pixels de {width:.3g} × {height:.3g} m</translation>
        </message>
        <message>
            <source>and {count} more</source>
            <translation>et {count} autres</translation>
        </message>
        <message>
            <source>The card of {path} cannot be read.</source>
            <translation>La fiche de {path} est illisible.</translation>
        </message>
        <message>
            <source>Unknown: leave them out</source>
            <translation>Inconnus : les laisser de côté</translation>
        </message>
        <message>
            <source>Background: a class of its own</source>
            <translation>Le fond : une classe à part</translation>
        </message>
        <message>
            <source>Pixels without a label are</source>
            <translation>Les pixels sans étiquette sont</translation>
        </message>
        <message>
            <source>Field with the class of each polygon</source>
            <translation>Champ contenant la classe de chaque polygone</translation>
        </message>
        <message>
            <source>Rasters with further bands</source>
            <translation>Rasters portant d'autres bandes</translation>
        </message>
        <message>
            <source>Model, or several to be averaged</source>
            <translation>Modèle, ou plusieurs à moyenner</translation>
        </message>
        <message>
            <source>Report</source>
            <translation>Rapport</translation>
        </message>
        <message>
            <source>Names and colours of the classes</source>
            <translation>Noms et couleurs des classes</translation>
        </message>
        <message>
            <source>Write old=new with semicolons between, such as concerte=concrete; 7=water #0000ff.</source>
            <translation>Écrivez ancien=nouveau, séparés par des points-virgules, comme concerte=concrete; 7=water #0000ff.</translation>
        </message>
        <message>
            <source>Write them as name=number with spaces between, such as width=16 depth=4.</source>
            <translation>Écrivez nom=nombre, séparés par des espaces, par exemple width=16 depth=4.</translation>
        </message>
        <message>
            <source>{entry} renames no class.</source>
            <translation>{entry} ne renomme aucune classe.</translation>
        </message>
        <message>
            <source>{word} is no network option.</source>
            <translation>{word} n'est pas une option de réseau.</translation>
        </message>
        <message>
            <source>its answer is not that of a Python</source>
            <translation>sa réponse n'est pas celle d'un Python</translation>
        </message>
        <message>
            <source>it is not a program, or may not be run</source>
            <translation>ce n'est pas un programme, ou il ne peut pas être exécuté</translation>
        </message>
        <message>
            <source>it is not a program for this system</source>
            <translation>ce n'est pas un programme pour ce système</translation>
        </message>
        <message>
            <source>The engine's Python {path} ({source}) crashes as it loads GDAL: {crash}.</source>
            <translation>Le Python du moteur {path} ({source}) s'écrase en chargeant GDAL : {crash}.</translation>
        </message>
        <message>
            <source>The engine's Python {path} ({source}) does not run as a Python 3: {error}.</source>
            <translation>Le Python du moteur {path} ({source}) ne fonctionne pas comme un Python 3 : {error}.</translation>
        </message>
        <message>
            <source>it gives no answer within {seconds} seconds</source>
            <translation>il ne répond pas en {seconds} secondes</translation>
        </message>
        <message>
            <source>it ends with exit code {code}</source>
            <translation>il se termine avec le code de sortie {code}</translation>
        </message>
        <message>
            <source>Raster Segmenter: maps of classes by neural networks</source>
            <translation>Raster Segmenter : cartes de classes par réseaux de neurones</translation>
        </message>
        <message>
            <source>Python of the engine</source>
            <translation>Python du moteur</translation>
        </message>
        <message>
            <source>The model chain {file} is damaged. Reinstall Raster Segmenter.</source>
            <translation>La chaîne de modèles {file} est endommagée. Réinstallez Raster Segmenter.</translation>
        </message>
        <message>
            <source>“{parameter}” has no value.</source>
            <translation>« {parameter} » n’a pas de valeur.</translation>
        </message>
        <message>
            <source>Epoch {number}: loss {training:.3f}, in validation {validation:.3f}; mean F1 {f1:.3f}, mean IoU {iou:.3f}, overall accuracy {accuracy:.3f} ({seconds:.1f} s)</source>
            <translation>Époque {number} : perte {training:.3f}, en validation {validation:.3f} ; F1 moyen {f1:.3f}, IoU moyen {iou:.3f}, exactitude globale {accuracy:.3f} ({seconds:.1f} s)</translation>
        </message>
        <message>
            <source>{done} of {total} {unit}</source>
            <translation>{done} sur {total} {unit}</translation>
        </message>
        <message>
            <source>{time} remaining</source>
            <translation>encore {time}</translation>
        </message>
        <message>
            <source>Join the selected</source>
            <translation>Réunir la sélection</translation>
        </message>
        <message>
            <source>Gives all selected classes the name and the colour of the first of them</source>
            <translation>Donne à toutes les classes sélectionnées le nom et la couleur de la première</translation>
        </message>
        <message>
            <source>In the labels</source>
            <translation>Dans les étiquettes</translation>
        </message>
        <message>
            <source>Name in the map</source>
            <translation>Nom dans la carte</translation>
        </message>
        <message>
            <source>Colour</source>
            <translation>Couleur</translation>
        </message>
        <message>
            <source>List the classes of the labels</source>
            <translation>Lister les classes des étiquettes</translation>
        </message>
        <message>
            <source>Add a row</source>
            <translation>Ajouter une ligne</translation>
        </message>
        <message>
            <source>What the model is</source>
            <translation>Ce qu’est le modèle</translation>
        </message>
        <message>
            <source>The finished part was kept: run it again with the same parameters to go on from there.</source>
            <translation>La partie finie a été gardée : relancez avec les mêmes paramètres pour en repartir.</translation>
        </message>
        <message>
            <source>Another job is running: this one gets an engine of its own beside it, and both will be slower.</source>
            <translation>Un autre traitement est en cours : celui-ci a son propre moteur à côté, et les deux seront plus lents.</translation>
        </message>
        <message>
            <source>The run was cancelled.</source>
            <translation>Le traitement a été annulé.</translation>
        </message>
        <message>
            <source>{path} could not be removed: {reason}.</source>
            <translation>{path} n’a pas pu être supprimé : {reason}.</translation>
        </message>
    </context>
</TS>
