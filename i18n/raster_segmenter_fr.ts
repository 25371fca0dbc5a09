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
            <source>This QGIS is too new for the plugin's own dialog. QGIS's dialog opens, without estimate and commands. Update the plugin.</source>
            <translation>Ce QGIS est trop récent pour la boîte de dialogue de l'extension. Celle de QGIS s'ouvre, sans estimation ni commandes. Mettez l'extension à jour.</translation>
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
            <source>Tries every part of the engine on a small scene, and names its Python, libraries and device.</source>
            <translation>Essaie chaque partie du moteur sur une petite scène, et nomme son Python, ses bibliothèques et son processeur.</translation>
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
            <translation>Emprise à classer</translation>
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
            <source>Keep the finished part when cancelled, to continue later</source>
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
            <source>Regions that get figures of their own</source>
            <translation>Régions dont chacune aura ses propres chiffres</translation>
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
            <source>Model chains</source>
            <translation>Chaînes de modèles</translation>
        </message>
        <message>
            <source>{name} gets no style. {message}</source>
            <translation>{name} reste sans style. {message}</translation>
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
            <source>Trains a neural network on the classes of polygons or of a class raster.</source>
            <translation>Entraîne un réseau de neurones sur les classes de polygones ou d'un raster de classes.</translation>
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
            <source>Second task beside the classes</source>
            <translation>Seconde tâche à côté des classes</translation>
        </message>
        <message>
            <source>Random changes of the patches</source>
            <translation>Changements aléatoires des imagettes</translation>
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
            <source>Fraction of the labelled blocks kept for validation</source>
            <translation>Fraction des blocs étiquetés gardée pour la validation</translation>
        </message>
        <message>
            <source>Validate inside these polygons instead</source>
            <translation>Valider plutôt dans ces polygones</translation>
        </message>
        <message>
            <source>Continue an interrupted training</source>
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
            <source>{network} cannot learn {auxiliary} as a second task. Set AUXILIARY to auto or none.</source>
            <translation>{network} ne peut pas apprendre {auxiliary} comme seconde tâche. Mettez AUXILIARY sur auto ou none.</translation>
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
            <source>Class</source>
            <translation>Classe</translation>
        </message>
        <message>
            <source>Learning curve</source>
            <translation>Courbe d'apprentissage</translation>
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
            <source>training block</source>
            <translation>bloc d'entraînement</translation>
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
            <translation>Part jusqu'ici</translation>
        </message>
        <message>
            <source>Save it as job.json, and run: python -m engine {kind} job.json</source>
            <translation>Enregistrez-le sous job.json, puis lancez : python -m engine {kind} job.json</translation>
        </message>
        <message>
            <source>Estimate</source>
            <translation>Estimer</translation>
        </message>
        <message>
            <source>Measures how long the run would take, on which device and with how much memory</source>
            <translation>Mesure combien de temps l'exécution prendrait, sur quel processeur et avec combien de mémoire</translation>
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
            <source>Save {layers} first: another program cannot read unsaved layers and edits.</source>
            <translation>Enregistrez d'abord {layers} : un autre programme ne peut pas lire des couches et des modifications non enregistrées.</translation>
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
            <source>{patches} per step</source>
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
            <source>{network}, {count} bands ({bands})</source>
            <translation>{network}, {count} bandes ({bands})</translation>
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
            <source>“{parameter}” has no value.</source>
            <translation>« {parameter} » n'a pas de valeur.</translation>
        </message>
        <message>
            <source>A library was built for a newer processor than this one. Run Check the engine: it names the library.</source>
            <translation>Une bibliothèque a été compilée pour un processeur plus récent que celui-ci. Lancez « Vérifier le moteur » : il nomme la bibliothèque.</translation>
        </message>
        <message>
            <source>Run Check the engine to see which part fails. If it finds no fault, try again with more free memory.</source>
            <translation>Exécuter « Vérifier le moteur » montre quelle partie échoue. S'il ne trouve rien, réessayez avec plus de mémoire libre.</translation>
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
            <source>{done} of {total} {unit}</source>
            <translation>{done} sur {total} {unit}</translation>
        </message>
        <message>
            <source>{time} remaining</source>
            <translation>encore {time}</translation>
        </message>
        <message>
            <source>The finished part was kept: run it again with the same parameters to continue from there.</source>
            <translation>La partie finie a été gardée : relancez avec les mêmes paramètres pour en repartir.</translation>
        </message>
        <message>
            <source>Another job is running, so this one starts a second engine. Both will be slower.</source>
            <translation>Un autre traitement est en cours : celui-ci lance donc un second moteur. Les deux seront plus lents.</translation>
        </message>
        <message>
            <source>The run was cancelled.</source>
            <translation>Le traitement a été annulé.</translation>
        </message>
        <message>
            <source>{path} could not be removed: {reason}.</source>
            <translation>{path} n'a pas pu être supprimé : {reason}.</translation>
        </message>
        <message>
            <source>{name} has no style that can be read; QGIS chooses the colours. {message}</source>
            <translation>{name} n'a pas de style lisible ; QGIS choisit les couleurs. {message}</translation>
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
            <source>“{parameter}” is {path}. Its name must end in {ending}.</source>
            <translation>« {parameter} » est {path}. Son nom doit se terminer par {ending}.</translation>
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
            <translation>Ce qu'est le modèle</translation>
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
            <translation>Zone d'entraînement</translation>
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
            <source>Epoch {number}: loss {training:.3f}, in validation {validation:.3f}; mean F1 {f1:.3f}</source>
            <translation>Époque {number} : perte {training:.3f}, en validation {validation:.3f} ; F1 moyen {f1:.3f}</translation>
        </message>
        <message>
            <source>Mpx</source>
            <translation>Mpx</translation>
        </message>
        <message>
            <source>The engine sent a picture that does not fit its window: {tile}.</source>
            <translation>Le moteur a envoyé une image qui ne correspond pas à sa fenêtre : {tile}.</translation>
        </message>
        <message>
            <source>Reinstall Raster Segmenter.</source>
            <translation>Réinstallez Raster Segmenter.</translation>
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
            <source>Epoch {number}: loss {training:.3f}, in validation {validation:.3f}; mean F1 {f1:.3f}, mean IoU {iou:.3f}, overall accuracy {accuracy:.3f} ({seconds:.1f} s)</source>
            <translation>Époque {number} : perte {training:.3f}, en validation {validation:.3f} ; F1 moyen {f1:.3f}, IoU moyen {iou:.3f}, exactitude globale {accuracy:.3f} ({seconds:.1f} s)</translation>
        </message>
        <message>
            <source>The engine has no Python with PyTorch yet.</source>
            <translation>Le moteur n'a pas encore de Python avec PyTorch.</translation>
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
            <source>The engine's Python {path} ({source}) cannot run the engine.</source>
            <translation>Le Python du moteur {path} ({source}) ne peut pas l'exécuter.</translation>
        </message>
        <message>
            <source>Run this in a terminal: "{python}" "{installer}"</source>
            <translation>Exécutez dans un terminal : "{python}" "{installer}"</translation>
        </message>
        <message>
            <source>Processing's options</source>
            <translation>les options de Traitement</translation>
        </message>
        <message>
            <source>the environment variable {name}</source>
            <translation>la variable d'environnement {name}</translation>
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
            <source>The engine's Python {path}, named in {source}, does not exist.</source>
            <translation>Le Python du moteur {path}, indiqué dans {source}, n'existe pas.</translation>
        </message>
        <message>
            <source>The engine's Python {path} ({source}) lacks: {modules}.</source>
            <translation>Il manque au Python du moteur {path} ({source}) : {modules}.</translation>
        </message>
        <message>
            <source>Correct it there.</source>
            <translation>Corrigez-le à cet endroit.</translation>
        </message>
        <message>
            <source>its answer is not that of a Python</source>
            <translation>sa réponse n'est pas celle d'un Python</translation>
        </message>
        <message>
            <source>it gives no answer within {seconds} seconds</source>
            <translation>il ne répond pas en {seconds} secondes</translation>
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
            <source>it ends with exit code {code}</source>
            <translation>il se termine avec le code de sortie {code}</translation>
        </message>
        <message>
            <source>The engine's Python {path} ({source}) does not run as a Python 3: {error}.</source>
            <translation>Le Python du moteur {path} ({source}) ne fonctionne pas comme un Python 3 : {error}.</translation>
        </message>
        <message>
            <source>The layer {name} is not a raster or vector file (it comes from {provider}).</source>
            <translation>La couche {name} n'est pas un fichier raster ou vecteur (elle vient de {provider}).</translation>
        </message>
        <message>
            <source>Export it first: a raster to GeoTIFF, a vector to GeoPackage.</source>
            <translation>Exportez-la d'abord : un raster en GeoTIFF, un vecteur en GeoPackage.</translation>
        </message>
        <message>
            <source>The layer {name} is a table without geometries.</source>
            <translation>La couche {name} est une table sans géométries.</translation>
        </message>
        <message>
            <source>Choose a layer of polygons.</source>
            <translation>Choisissez une couche de polygones.</translation>
        </message>
        <message>
            <source>{entry} is not a new name of a class.</source>
            <translation>{entry} n'est pas un nouveau nom de classe.</translation>
        </message>
        <message>
            <source>Write old=new with semicolons between, such as concerte=concrete; 7=water #0000ff.</source>
            <translation>Écrivez ancien=nouveau, séparés par des points-virgules, comme concerte=concrete; 7=water #0000ff.</translation>
        </message>
        <message>
            <source>{word} is not a network option.</source>
            <translation>{word} n'est pas une option de réseau.</translation>
        </message>
        <message>
            <source>Write them as name=number with spaces between, such as width=16 depth=4.</source>
            <translation>Écrivez nom=nombre, séparés par des espaces, par exemple width=16 depth=4.</translation>
        </message>
        <message>
            <source>The engine failed: {kind}: {error}.</source>
            <translation>Le moteur a échoué : {kind} : {error}.</translation>
        </message>
        <message>
            <source>Please report it with the log's last lines.</source>
            <translation>Merci de le signaler avec les dernières lignes du journal.</translation>
        </message>
        <message>
            <source>The job file {path} cannot be read: {error}.</source>
            <translation>Le fichier de travail {path} ne peut pas être lu : {error}.</translation>
        </message>
        <message>
            <source>Check the path and the JSON in it, where C:\maps is written as C:/maps or C:\\maps.</source>
            <translation>Vérifiez le chemin et le JSON du fichier, où C:\maps s'écrit C:/maps ou C:\\maps.</translation>
        </message>
        <message>
            <source>Starting the engine.</source>
            <translation>Démarrage du moteur.</translation>
        </message>
        <message>
            <source>{name} {rate:.3g} Mpx/s, {agreement:.2%} alike</source>
            <translation>{name} {rate:.3g} Mpx/s, {agreement:.2%} identiques</translation>
        </message>
        <message>
            <source>Computes in {name}, the fastest whose labels agree with fp32 on {least:.1%} of a window: {figures}.</source>
            <translation>Calcul en {name}, la façon la plus rapide dont les classes s'accordent avec fp32 sur {least:.1%} d'une fenêtre : {figures}.</translation>
        </message>
        <message>
            <source>{name} failed ({reason})</source>
            <translation>{name} a échoué ({reason})</translation>
        </message>
        <message>
            <source>{device} does not compute convolutions in {precision}.</source>
            <translation>{device} ne calcule pas de convolutions en {precision}.</translation>
        </message>
        <message>
            <source>Set PRECISION to auto or {known}.</source>
            <translation>Mettez PRECISION sur auto ou {known}.</translation>
        </message>
        <message>
            <source>px</source>
            <translation>px</translation>
        </message>
        <message>
            <source>Memory ran out: going on with smaller windows.</source>
            <translation>La mémoire a manqué : on continue avec des fenêtres plus petites.</translation>
        </message>
        <message>
            <source>Values of {image} are unlike those in the training of {models}: {bands} (mean ± spread). The map may be wrong. Check the units, the order of the bands and how the image was processed.</source>
            <translation>Les valeurs de {image} ne ressemblent pas à celles de l'entraînement de {models} : {bands} (moyenne ± dispersion). La carte est peut-être fausse. Vérifiez les unités, l'ordre des bandes et la façon dont l'image a été traitée.</translation>
        </message>
        <message>
            <source>{band} is {mean:.4g} ± {std:.3g} here and was {trained_mean:.4g} ± {trained_std:.3g}</source>
            <translation>{band} vaut ici {mean:.4g} ± {std:.3g} et valait {trained_mean:.4g} ± {trained_std:.3g}</translation>
        </message>
        <message>
            <source>the model</source>
            <translation>ce modèle</translation>
        </message>
        <message>
            <source>all models</source>
            <translation>tous les modèles</translation>
        </message>
        <message>
            <source>Resuming an earlier run: {count} windows of {output} are finished.</source>
            <translation>Reprise d'une exécution antérieure : {count} fenêtres de {output} sont finies.</translation>
        </message>
        <message>
            <source>{path} could not be written, probably because the disk is full: {error}.</source>
            <translation>{path} n'a pas pu être écrit, sans doute parce que le disque est plein : {error}.</translation>
        </message>
        <message>
            <source>Free some space, or write elsewhere.</source>
            <translation>Libérez de l'espace, ou écrivez ailleurs.</translation>
        </message>
        <message>
            <source>{path}, which an earlier run has left, is damaged: {error}.</source>
            <translation>{path}, laissé par une exécution antérieure, est endommagé : {error}.</translation>
        </message>
        <message>
            <source>Remove it and run again.</source>
            <translation>Supprimez-le et relancez.</translation>
        </message>
        <message>
            <source>{path} belongs to a run with other settings, models, bands or grids, or of another version of the plugin. The map is started from the beginning.</source>
            <translation>{path} appartient à une exécution avec d'autres réglages, modèles, bandes ou grilles, ou d'une autre version de l'extension. La carte est recommencée depuis le début.</translation>
        </message>
        <message>
            <source>{path} cannot be read. The map is started from the beginning.</source>
            <translation>{path} ne peut pas être lu. La carte est recommencée depuis le début.</translation>
        </message>
        <message>
            <source>no CUDA device was found, because {reason}</source>
            <translation>aucun GPU CUDA n'a été trouvé, car {reason}</translation>
        </message>
        <message>
            <source>the NVIDIA driver offers no device to this PyTorch (CUDA {version}); the driver may be too old or the GPU hidden</source>
            <translation>le pilote NVIDIA ne propose aucun GPU à ce PyTorch (CUDA {version}) ; le pilote est peut-être trop ancien, ou le GPU caché</translation>
        </message>
        <message>
            <source>No CUDA device was found, because {reason}.</source>
            <translation>Aucun GPU CUDA n'a été trouvé, car {reason}.</translation>
        </message>
        <message>
            <source>Set the device to auto or cpu.</source>
            <translation>Réglez le processeur sur auto ou cpu.</translation>
        </message>
        <message>
            <source>This PyTorch finds no Apple GPU (Metal).</source>
            <translation>Ce PyTorch ne trouve aucun GPU d'Apple (Metal).</translation>
        </message>
        <message>
            <source>CPU ({threads} threads)</source>
            <translation>CPU ({threads} fils)</translation>
        </message>
        <message>
            <source>CPU (1 thread)</source>
            <translation>CPU (1 fil)</translation>
        </message>
        <message>
            <source>the CPU was asked for</source>
            <translation>le CPU a été demandé</translation>
        </message>
        <message>
            <source>the CUDA device does not work: {fault}</source>
            <translation>le GPU CUDA ne fonctionne pas : {fault}</translation>
        </message>
        <message>
            <source>this PyTorch ({version}) was built without CUDA</source>
            <translation>ce PyTorch ({version}) a été compilé sans CUDA</translation>
        </message>
        <message>
            <source>no NVIDIA driver is installed</source>
            <translation>aucun pilote NVIDIA n'est installé</translation>
        </message>
        <message>
            <source>The CUDA device does not work: {fault}.</source>
            <translation>Le GPU CUDA ne fonctionne pas : {fault}.</translation>
        </message>
        <message>
            <source>Install a PyTorch that was built for this GPU, or set the device to auto or cpu.</source>
            <translation>Installez un PyTorch compilé pour ce GPU, ou réglez le processeur sur auto ou cpu.</translation>
        </message>
        <message>
            <source>Metal is available</source>
            <translation>Metal est disponible</translation>
        </message>
        <message>
            <source>Metal was asked for</source>
            <translation>Metal a été demandé</translation>
        </message>
        <message>
            <source>{name} (compute capability {capability}) with PyTorch {version} (built for {built}): {error}</source>
            <translation>{name} (capacité de calcul {capability}) avec PyTorch {version} (compilé pour {built}) : {error}</translation>
        </message>
        <message>
            <source>a CUDA device was found</source>
            <translation>un GPU CUDA a été trouvé</translation>
        </message>
        <message>
            <source>CUDA was asked for</source>
            <translation>CUDA a été demandé</translation>
        </message>
        <message>
            <source>no GPU</source>
            <translation>aucun GPU</translation>
        </message>
        <message>
            <source>The training windows hold no valid pixel.</source>
            <translation>Les fenêtres d'entraînement ne contiennent aucun pixel valide.</translation>
        </message>
        <message>
            <source>Check the image's nodata value and mask.</source>
            <translation>Vérifiez la valeur NoData et le masque de l'image.</translation>
        </message>
        <message>
            <source>Every band of the training windows has the same value everywhere ({values}).</source>
            <translation>Chaque bande des fenêtres d'entraînement a partout la même valeur ({values}).</translation>
        </message>
        <message>
            <source>Check that it is the right raster and that it is complete.</source>
            <translation>Vérifiez que c'est le bon raster et qu'il est complet.</translation>
        </message>
        <message>
            <source>The class map {map} and the reference {reference} have no labelled pixel in common.</source>
            <translation>La carte de classes {map} et la référence {reference} n'ont aucun pixel étiqueté en commun.</translation>
        </message>
        <message>
            <source>All {px:,} labelled pixels lie where the map has no class.</source>
            <translation>Les {px:,} pixels étiquetés se trouvent tous là où la carte n'a pas de classe.</translation>
        </message>
        <message>
            <source>Choose a reference that lies on the map, and check the CRS of the reference and of the map.</source>
            <translation>Choisissez une référence située sur la carte, et vérifiez le SCR de la référence et celui de la carte.</translation>
        </message>
        <message>
            <source>No class of the reference ({found}) is a class of the map ({classes}).</source>
            <translation>Aucune classe de la référence ({found}) n'est une classe de la carte ({classes}).</translation>
        </message>
        <message>
            <source>Choose the field that holds the map's class codes or names.</source>
            <translation>Choisissez le champ qui contient les codes ou les noms des classes de la carte.</translation>
        </message>
        <message>
            <source>Classes compared: {classes}.</source>
            <translation>Classes comparées : {classes}.</translation>
        </message>
        <message>
            <source>The map holds values that its legend does not name ({values}); their pixels are left out.</source>
            <translation>La carte contient des valeurs que sa légende ne nomme pas ({values}) ; leurs pixels sont laissés de côté.</translation>
        </message>
        <message>
            <source>All pixels compared have another class within {px} px: there are no figures without borders.</source>
            <translation>Tous les pixels comparés ont une autre classe à moins de {px} px : il n'y a pas de chiffres sans les limites.</translation>
        </message>
        <message>
            <source>No pixel that was compared has probabilities: there are no figures of them.</source>
            <translation>Aucun pixel comparé n'a de probabilités : il n'y a pas de chiffres à leur sujet.</translation>
        </message>
        <message>
            <source>Nothing was compared in the region(s) {regions}: they have no figures.</source>
            <translation>Rien n'a été comparé dans ces régions : {regions}. Elles n'ont pas de chiffres.</translation>
        </message>
        <message>
            <source>Only the reference has {classes}: its {px:,} pixels count as errors.</source>
            <translation>Seule la référence a {classes} : ces {px:,} pixels comptent comme des erreurs.</translation>
        </message>
        <message>
            <source>Only the map has {classes} where they were compared; the means leave them out.</source>
            <translation>Là où l'on a comparé, seule la carte a {classes} ; les moyennes laissent ces classes de côté.</translation>
        </message>
        <message>
            <source>A value of the probabilities is outside 0 to 100 % and is not nodata.</source>
            <translation>Une valeur des probabilités est hors de 0 à 100 % et n'est pas la valeur NoData.</translation>
        </message>
        <message>
            <source>Choose the probabilities that Classify raster wrote: percentages as 8-bit integers, or numbers from 0 to 1.</source>
            <translation>Choisissez les probabilités que « Classer un raster » a écrites : des pourcentages en entiers de 8 bits, ou des nombres de 0 à 1.</translation>
        </message>
        <message>
            <source>px of errors written</source>
            <translation>px de la carte des erreurs écrits</translation>
        </message>
        <message>
            <source>Choose a class map: a raster with one band of whole numbers, as Classify raster writes it.</source>
            <translation>Choisissez une carte de classes : un raster d'une seule bande de nombres entiers, comme « Classer un raster » en écrit.</translation>
        </message>
        <message>
            <source>Choose the probabilities that Classify raster wrote together with this map.</source>
            <translation>Choisissez les probabilités que « Classer un raster » a écrites avec cette carte.</translation>
        </message>
        <message>
            <source>{path} has {bands} bands; a class map has one.</source>
            <translation>{path} a {bands} bandes ; une carte de classes en a une.</translation>
        </message>
        <message>
            <source>{path} holds {dtype} values; classes are whole numbers.</source>
            <translation>{path} contient des valeurs de type {dtype} ; les classes sont des nombres entiers.</translation>
        </message>
        <message>
            <source>{path} holds no class at all.</source>
            <translation>{path} ne contient aucune classe.</translation>
        </message>
        <message>
            <source>{path} has {bands} band(s), but {map} has {classes} class(es).</source>
            <translation>{path} a {bands} bande(s), mais {map} a {classes} classe(s).</translation>
        </message>
        <message>
            <source>The bands of {path} are {bands}, not {classes}.</source>
            <translation>Les bandes de {path} sont {bands}, et non {classes}.</translation>
        </message>
        <message>
            <source>{path} holds {dtype}; probabilities are percentages as 8-bit integers, or numbers from 0 to 1.</source>
            <translation>{path} contient des valeurs de type {dtype} ; les probabilités sont des pourcentages en entiers de 8 bits, ou des nombres de 0 à 1.</translation>
        </message>
        <message>
            <source>{path} is not on the grid of {map} ({width} × {height} px and {map_width} × {map_height} px).</source>
            <translation>{path} n'est pas sur la grille de {map} ({width} × {height} px et {map_width} × {map_height} px).</translation>
        </message>
        <message>
            <source>px counted</source>
            <translation>px comptés</translation>
        </message>
        <message>
            <source>windows searched</source>
            <translation>fenêtres parcourues</translation>
        </message>
        <message>
            <source>The output {path} is a folder.</source>
            <translation>La sortie {path} est un dossier.</translation>
        </message>
        <message>
            <source>Give the name of a file.</source>
            <translation>Donnez le nom d'un fichier.</translation>
        </message>
        <message>
            <source>The output folder {folder} does not exist.</source>
            <translation>Le dossier de sortie {folder} n'existe pas.</translation>
        </message>
        <message>
            <source>Create it, or choose another one.</source>
            <translation>Créez-le ou choisissez-en un autre.</translation>
        </message>
        <message>
            <source>The output {path} cannot be written: {reason}.</source>
            <translation>La sortie {path} ne peut pas être écrite : {reason}.</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>Choisissez un autre nom.</translation>
        </message>
        <message>
            <source>Choose a folder you may write to.</source>
            <translation>Choisissez un dossier où vous pouvez écrire.</translation>
        </message>
        <message>
            <source>its path is too long</source>
            <translation>son chemin est trop long</translation>
        </message>
        <message>
            <source>Choose a shorter one: files of the run beside it have names of up to {letters} letters.</source>
            <translation>Choisissez-en un plus court : les fichiers de l'exécution placés à côté ont des noms allant jusqu'à {letters} lettres.</translation>
        </message>
        <message>
            <source>Choose another folder: Windows may keep programs from writing to this one (controlled folder access).</source>
            <translation>Choisissez un autre dossier : Windows empêche peut-être les programmes d'écrire dans celui-ci (dispositif d'accès contrôlé aux dossiers).</translation>
        </message>
        <message>
            <source>{path} could not be written: {reason}.</source>
            <translation>{path} n'a pas pu être écrit : {reason}.</translation>
        </message>
        <message>
            <source>Check that the folder exists and that you may write to it.</source>
            <translation>Vérifiez que le dossier existe et que vous pouvez y écrire.</translation>
        </message>
        <message>
            <source>The path {path} has characters that are not valid UTF-8.</source>
            <translation>Le chemin {path} contient des caractères qui ne sont pas de l'UTF-8 valide.</translation>
        </message>
        <message>
            <source>Rename the file or folder.</source>
            <translation>Renommez le fichier ou le dossier.</translation>
        </message>
        <message>
            <source>{file} is also an input, or belongs to another output.</source>
            <translation>{file} est aussi une entrée, ou appartient à une autre sortie.</translation>
        </message>
        <message>
            <source>The disk is full: {path} could not be written.</source>
            <translation>Le disque est plein : {path} n'a pas pu être écrit.</translation>
        </message>
        <message>
            <source>The output {output}</source>
            <translation>La sortie {output}</translation>
        </message>
        <message>
            <source>{file}, which the output {output} needs,</source>
            <translation>{file}, dont la sortie {output} a besoin,</translation>
        </message>
        <message>
            <source>Fetching {url} into {folder}.</source>
            <translation>Téléchargement de {url} dans {folder}.</translation>
        </message>
        <message>
            <source>{name} was fetched before: {path}.</source>
            <translation>{name} a déjà été téléchargé : {path}.</translation>
        </message>
        <message>
            <source>The file from {url} is not the published file: its SHA-256 begins with {found}, not with {expected}.</source>
            <translation>Le fichier de {url} n'est pas celui qui a été publié : son SHA-256 commence par {found}, et non par {expected}.</translation>
        </message>
        <message>
            <source>Try again, or download the file by hand and give its path as INITIAL.</source>
            <translation>Réessayez, ou téléchargez le fichier vous-même et donnez son chemin comme INITIAL.</translation>
        </message>
        <message>
            <source>{url} could not be fetched: {reason}.</source>
            <translation>{url} n'a pas pu être téléchargé : {reason}.</translation>
        </message>
        <message>
            <source>Check the network, or download the file by hand and give its path as INITIAL.</source>
            <translation>Vérifiez la connexion, ou téléchargez le fichier vous-même et donnez son chemin comme INITIAL.</translation>
        </message>
        <message>
            <source>MB</source>
            <translation>Mo</translation>
        </message>
        <message>
            <source>Files in {folder} cannot be locked, so two runs could write {output} at once: perhaps it is a network drive.</source>
            <translation>Les fichiers de {folder} ne peuvent pas être verrouillés : deux exécutions pourraient donc écrire {output} à la fois. C'est peut-être un lecteur réseau.</translation>
        </message>
        <message>
            <source>Write to a folder of this computer, and copy the result.</source>
            <translation>Écrivez dans un dossier de cet ordinateur, puis copiez le résultat.</translation>
        </message>
        <message>
            <source>Another run is writing {output}.</source>
            <translation>Une autre exécution est en train d'écrire {output}.</translation>
        </message>
        <message>
            <source>Wait until it has ended, or write elsewhere.</source>
            <translation>Attendez qu'elle soit finie, ou écrivez ailleurs.</translation>
        </message>
        <message>
            <source>{path} is needed for the lock of the output but cannot be used: {error}.</source>
            <translation>{path} est nécessaire au verrou de la sortie mais ne peut pas être utilisé : {error}.</translation>
        </message>
        <message>
            <source>Move it, or choose another output.</source>
            <translation>Déplacez-le, ou choisissez une autre sortie.</translation>
        </message>
        <message>
            <source>Set a smaller TILE_PX, PATCH_PX or BATCH, a narrower network, or the device to cpu.</source>
            <translation>Réduisez TILE_PX, PATCH_PX ou BATCH, prenez un réseau plus étroit, ou réglez le processeur sur cpu.</translation>
        </message>
        <message>
            <source>Memory ran out: {reason}.</source>
            <translation>La mémoire a manqué : {reason}.</translation>
        </message>
        <message>
            <source>Memory ran out.</source>
            <translation>La mémoire a manqué.</translation>
        </message>
        <message>
            <source>Please report it with this message and the log.</source>
            <translation>Merci de le signaler avec ce message et le journal.</translation>
        </message>
        <message>
            <source>Every part of the engine works.</source>
            <translation>Toutes les parties du moteur fonctionnent.</translation>
        </message>
        <message>
            <source>{device}: {reason}</source>
            <translation>{device} : {reason}</translation>
        </message>
        <message>
            <source>The engine fails to {part}. {error} ({versions})</source>
            <translation>Le moteur n'arrive pas à {part}. {error} ({versions})</translation>
        </message>
        <message>
            <source>Set the device to cpu: if the check passes there, it is the GPU or its driver.</source>
            <translation>Réglez le processeur sur cpu : si la vérification y réussit, c'est le GPU ou son pilote qui est en cause.</translation>
        </message>
        <message>
            <source>only {pixels} of {all} pixels are classified</source>
            <translation>seuls {pixels} pixels sur {all} sont classés</translation>
        </message>
        <message>
            <source>It gives wrong results: {wrong}.</source>
            <translation>Le résultat est faux : {wrong}.</translation>
        </message>
        <message>
            <source>load the libraries</source>
            <translation>charger les bibliothèques</translation>
        </message>
        <message>
            <source>look up coordinate reference systems</source>
            <translation>consulter des systèmes de coordonnées de référence</translation>
        </message>
        <message>
            <source>write a raster</source>
            <translation>écrire un raster</translation>
        </message>
        <message>
            <source>close a raster</source>
            <translation>fermer un raster</translation>
        </message>
        <message>
            <source>read a raster</source>
            <translation>lire un raster</translation>
        </message>
        <message>
            <source>write a class map</source>
            <translation>écrire une carte de classes</translation>
        </message>
        <message>
            <source>write a cloud-optimised GeoTIFF</source>
            <translation>écrire un GeoTIFF optimisé pour le nuage</translation>
        </message>
        <message>
            <source>warp a raster</source>
            <translation>reprojeter un raster</translation>
        </message>
        <message>
            <source>turn a map into polygons</source>
            <translation>convertir une carte en polygones</translation>
        </message>
        <message>
            <source>turn polygons into labels</source>
            <translation>convertir des polygones en étiquettes</translation>
        </message>
        <message>
            <source>train two steps</source>
            <translation>entraîner deux pas</translation>
        </message>
        <message>
            <source>classify</source>
            <translation>classer</translation>
        </message>
        <message>
            <source>evaluate</source>
            <translation>évaluer</translation>
        </message>
        <message>
            <source>parts</source>
            <translation>parties</translation>
        </message>
        <message>
            <source>the pixels that were read differ from those that were written</source>
            <translation>les pixels lus diffèrent de ceux qui ont été écrits</translation>
        </message>
        <message>
            <source>the classes that were read differ from those that were written</source>
            <translation>les classes lues diffèrent de celles qui ont été écrites</translation>
        </message>
        <message>
            <source>a raster that is 9 everywhere has other values when warped</source>
            <translation>un raster qui vaut 9 partout a d'autres valeurs une fois reprojeté</translation>
        </message>
        <message>
            <source>four patches make {count} polygons</source>
            <translation>quatre taches donnent {count} polygones</translation>
        </message>
        <message>
            <source>the polygons of a map do not give that map</source>
            <translation>les polygones d'une carte ne redonnent pas cette carte</translation>
        </message>
        <message>
            <source>the overall accuracy is {accuracy}</source>
            <translation>l'exactitude globale est {accuracy}</translation>
        </message>
        <message>
            <source>{part}: {seconds:.2f} s</source>
            <translation>{part} : {seconds:.2f} s</translation>
        </message>
        <message>
            <source>Checking: {part}.</source>
            <translation>Vérification : {part}.</translation>
        </message>
        <message>
            <source>{path} knows the classes {classes}; {first_path} knows {first_classes}.</source>
            <translation>{path} connaît les classes {classes} ; {first_path} connaît {first_classes}.</translation>
        </message>
        <message>
            <source>Choose models of the same classes, trained on the same legend.</source>
            <translation>Choisissez des modèles aux mêmes classes, entraînés avec la même légende.</translation>
        </message>
        <message>
            <source>{count} of at most {width} × {height} px</source>
            <translation>{count} de {width} × {height} px au plus</translation>
        </message>
        <message>
            <source>the model was trained on</source>
            <translation>le modèle a été entraîné sur</translation>
        </message>
        <message>
            <source>{image} has no coordinate reference system, so its pixel size cannot be compared with that of the training. It is classified as if both pixel sizes were the same.</source>
            <translation>{image} n'a pas de système de coordonnées de référence : sa taille de pixel ne peut pas être comparée à celle de l'entraînement. Le raster est classé comme si les deux tailles étaient égales.</translation>
        </message>
        <message>
            <source>The images that {model} was trained on have no coordinate reference system, so their pixel size cannot be compared with the raster's. It is classified as if both pixel sizes were the same.</source>
            <translation>Les images d'entraînement de {model} n'ont pas de système de coordonnées de référence : leur taille de pixel ne peut pas être comparée à celle du raster. Il est classé comme si les deux tailles étaient égales.</translation>
        </message>
        <message>
            <source>The pixels of {image} are so much smaller than those that {model} was trained on that one window would hold too many of them.</source>
            <translation>Les pixels de {image} sont tellement plus petits que ceux de l'entraînement de {model} qu'une seule fenêtre en contiendrait trop.</translation>
        </message>
        <message>
            <source>Resample the raster to the pixel size of the training, or set RESOLUTION to as_raster.</source>
            <translation>Rééchantillonnez le raster à la taille de pixel de l'entraînement, ou mettez RESOLUTION sur as_raster.</translation>
        </message>
        <message>
            <source>Computes in {precision}, as all small rasters with this model on this computer: a test for each of them would take longer than it saves.</source>
            <translation>Calcul en {precision}, comme pour tous les petits rasters avec ce modèle sur cet ordinateur : un essai pour chacun durerait plus longtemps que ce que l'on y gagne.</translation>
        </message>
        <message>
            <source>Pixels of {image} are {x:.3g} × {y:.3g} m, in training they were {trained_x:.3g} × {trained_y:.3g} m: the objects that the model has learnt cannot be seen at this pixel size.</source>
            <translation>Les pixels de {image} mesurent {x:.3g} × {y:.3g} m ; à l'entraînement, c'était {trained_x:.3g} × {trained_y:.3g} m : à cette taille de pixel, les objets que le modèle a appris ne sont pas visibles.</translation>
        </message>
        <message>
            <source>Choose a model for such images, or set RESOLUTION to as_raster.</source>
            <translation>Choisissez un modèle fait pour de telles images, ou mettez RESOLUTION sur as_raster.</translation>
        </message>
        <message>
            <source>Pixels are {x:.3g} × {y:.3g} m, in training they were {trained_x:.3g} × {trained_y:.3g} m. The raster is resampled to the pixel size of the training and classified, and the result is resampled back.</source>
            <translation>Les pixels mesurent {x:.3g} × {y:.3g} m ; à l'entraînement, c'était {trained_x:.3g} × {trained_y:.3g} m. Le raster est rééchantillonné à la taille de pixel de l'entraînement et classé, puis le résultat est rééchantillonné en retour.</translation>
        </message>
        <message>
            <source>The pixel size on the ground is unknown: the raster or the training images have no CRS.</source>
            <translation>La taille de pixel au sol est inconnue : le raster ou les images d'entraînement n'ont pas de SCR.</translation>
        </message>
        <message>
            <source>Assign the raster's CRS, or set RESOLUTION to as_raster.</source>
            <translation>Assignez au raster son SCR, ou mettez RESOLUTION sur as_raster.</translation>
        </message>
        <message>
            <source>The raster's files may have changed. The finished windows are compared with what they hold now.</source>
            <translation>Les fichiers du raster ont peut-être changé. Les fenêtres finies sont comparées à ce qu'ils contiennent maintenant.</translation>
        </message>
        <message>
            <source>{unchanged} finished windows are unchanged, {changed} are computed again.</source>
            <translation>{unchanged} fenêtres finies sont inchangées, {changed} sont recalculées.</translation>
        </message>
        <message>
            <source>finished windows read again</source>
            <translation>fenêtres finies relues</translation>
        </message>
        <message>
            <source>What is finished of the map stays in {partial}; the next run continues from it.</source>
            <translation>Ce qui est fini de la carte reste dans {partial} ; la prochaine exécution en repart.</translation>
        </message>
        <message>
            <source>What an earlier run has left of {name} could not be removed: {error}.</source>
            <translation>Ce qu'une exécution antérieure a laissé de {name} n'a pas pu être supprimé : {error}.</translation>
        </message>
        <message>
            <source>No pixel was classified: the raster has no data inside the area and extent of the map.</source>
            <translation>Aucun pixel n'a été classé : le raster n'a pas de données dans la zone et l'emprise de la carte.</translation>
        </message>
        <message>
            <source>{by} {count} ({names})</source>
            <translation>{by} {count} ({names})</translation>
        </message>
        <message>
            <source>{held}; {masks}; {needed}.</source>
            <translation>{held} ; {masks} ; {needed}.</translation>
        </message>
        <message>
            <source>{count} in all</source>
            <translation>{count} en tout</translation>
        </message>
        <message>
            <source>If it holds values of the image, such as near infrared, untag it: gdal_edit.py {change} "{image}", or the tool Translate with the additional parameters {change}.</source>
            <translation>Si elle contient des valeurs de l'image, comme du proche infrarouge, ôtez-lui cette marque : gdal_edit.py {change} "{image}", ou l'outil « Convertir » avec les paramètres additionnels de ligne de commande {change}.</translation>
        </message>
        <message>
            <source>The bands of {image} are {bands}; {by} {expected}.</source>
            <translation>Les bandes de {image} sont {bands} ; {by} {expected}.</translation>
        </message>
        <message>
            <source>Reorder the bands, for example with the tool Rearrange bands.</source>
            <translation>Changez l'ordre des bandes, par exemple avec l'outil « Réordonner les bandes ».</translation>
        </message>
        <message>
            <source>{held}; {needed}.</source>
            <translation>{held} ; {needed}.</translation>
        </message>
        <message>
            <source>Choose rasters with the same bands, or train a model on this one's.</source>
            <translation>Choisissez des rasters qui ont les mêmes bandes, ou entraînez un modèle sur celles de celui-ci.</translation>
        </message>
        <message>
            <source>band {number} of {image} is tagged alpha and so taken as a mask</source>
            <translation>la bande {number} de {image} est marquée alpha et donc prise comme masque</translation>
        </message>
        <message>
            <source>{image} has 1 band</source>
            <translation>{image} a 1 bande</translation>
        </message>
        <message>
            <source>{image} has {count} bands</source>
            <translation>{image} a {count} bandes</translation>
        </message>
        <message>
            <source>{image} adds {count}</source>
            <translation>{image} en ajoute {count}</translation>
        </message>
        <message>
            <source>Band {number} of {image} is tagged alpha: it is taken as a mask and teaches nothing.</source>
            <translation>La bande {number} de {image} est marquée alpha : elle est prise comme masque et n'enseigne rien.</translation>
        </message>
        <message>
            <source>{image} holds {dtype}, {by} {expected}: check that values mean the same.</source>
            <translation>{image} contient du {dtype}, {by} {expected} : vérifiez que les valeurs veulent dire la même chose.</translation>
        </message>
        <message>
            <source>Pixels of {image} are {x:.3g} × {y:.3g} m, {by} {expected_x:.3g} × {expected_y:.3g} m: resample it for a better map.</source>
            <translation>Les pixels de {image} mesurent {x:.3g} × {y:.3g} m, {by} {expected_x:.3g} × {expected_y:.3g} m : rééchantillonnez le raster pour une meilleure carte.</translation>
        </message>
        <message>
            <source>Both a model and a network are named.</source>
            <translation>Un modèle et un réseau sont donnés à la fois.</translation>
        </message>
        <message>
            <source>Neither a model nor a network is named.</source>
            <translation>Ni modèle ni réseau n'est donné.</translation>
        </message>
        <message>
            <source>Give MODEL to describe a file, or NETWORK to describe a network.</source>
            <translation>Donnez MODEL pour décrire un fichier, ou NETWORK pour décrire un réseau.</translation>
        </message>
        <message>
            <source>A {kind} job cannot be estimated.</source>
            <translation>Un travail de type {kind} ne peut pas être estimé.</translation>
        </message>
        <message>
            <source>Estimate a train or a classify job.</source>
            <translation>Estimez un travail de type train ou classify.</translation>
        </message>
        <message>
            <source>counting pixels needs no GPU</source>
            <translation>compter des pixels ne demande pas de GPU</translation>
        </message>
        <message>
            <source>Figures are of the points alone, not of the whole map. {reason}</source>
            <translation>Les chiffres sont ceux des points seuls, pas de la carte entière. {reason}</translation>
        </message>
        <message>
            <source>Tiles of {side_px} px, overlapping by {overlap} %.</source>
            <translation>Tuiles de {side_px} px, qui se recouvrent de {overlap} %.</translation>
        </message>
        <message>
            <source>file</source>
            <translation>fichier</translation>
        </message>
        <message>
            <source>On a tile of random values, ONNX Runtime gives the same result as the network. The file has {size:,.1f} MB.</source>
            <translation>Sur une tuile de valeurs aléatoires, ONNX Runtime donne le même résultat que le réseau. Le fichier fait {size:,.1f} Mo.</translation>
        </message>
        <message>
            <source>The file counts classes from 0. Their values in maps of Classify raster are in brackets: {classes}.</source>
            <translation>Le fichier compte les classes à partir de 0. Leurs valeurs dans les cartes de « Classer un raster » sont entre parenthèses : {classes}.</translation>
        </message>
        <message>
            <source>The model's pixel size is unknown: set the resolution by hand where the file is used.</source>
            <translation>La taille de pixel du modèle est inconnue : réglez la résolution à la main là où le fichier sert.</translation>
        </message>
        <message>
            <source>Choose another class map, or an area that it covers.</source>
            <translation>Choisissez une autre carte de classes, ou une zone qu'elle couvre.</translation>
        </message>
        <message>
            <source>No pixel of {path} has a class.</source>
            <translation>Aucun pixel de {path} n'a de classe.</translation>
        </message>
        <message>
            <source>If {accuracy:.0%} of the pixels of each class are correct, overall accuracy will have a standard error of {error:.4f}.</source>
            <translation>Si {accuracy:.0%} des pixels de chaque classe sont justes, l'exactitude globale aura une erreur type de {error:.4f}.</translation>
        </message>
        <message>
            <source>No pixel of {path} within {area} has a class.</source>
            <translation>Aucun pixel de {path} dans {area} n'a de classe.</translation>
        </message>
        <message>
            <source>{points} points are too few for {classes} classes with {fewest} points each.</source>
            <translation>{points} points ne suffisent pas pour {classes} classes de {fewest} points chacune.</translation>
        </message>
        <message>
            <source>Ask for {needed} points or more, or {lower}.</source>
            <translation>Demandez {needed} points ou plus, ou {lower}.</translation>
        </message>
        <message>
            <source>no pixels, so no points are drawn</source>
            <translation>aucun pixel, donc aucun point n'est tiré</translation>
        </message>
        <message>
            <source>{points} points in all. {expected}</source>
            <translation>{points} points en tout. {expected}</translation>
        </message>
        <message>
            <source>drawing points needs no GPU</source>
            <translation>tirer des points ne demande pas de GPU</translation>
        </message>
        <message>
            <source>lower FEWEST to {most}</source>
            <translation>abaissez FEWEST à {most}</translation>
        </message>
        <message>
            <source>join classes</source>
            <translation>réunissez des classes</translation>
        </message>
        <message>
            <source>{px:,} px ({share:.2%}), {points} points</source>
            <translation>{px:,} px ({share:.2%}), {points} points</translation>
        </message>
        <message>
            <source>{value} {name}: {drawn}.</source>
            <translation>{value} {name} : {drawn}.</translation>
        </message>
        <message>
            <source>{px:,} px hold values that the map's legend does not name; no point is drawn there.</source>
            <translation>{px:,} px contiennent des valeurs que la légende de la carte ne nomme pas ; aucun point n'y est tiré.</translation>
        </message>
        <message>
            <source>Some pixels cover {percent:.0f} % more ground than others; points stand for pixels, not for ground. Reproject the map to an equal-area projection for figures of ground.</source>
            <translation>Certains pixels couvrent {percent:.0f} % de terrain de plus que d'autres ; les points représentent des pixels, pas du terrain. Reprojetez la carte dans une projection équivalente pour avoir des chiffres du terrain.</translation>
        </message>
        <message>
            <source>{path} has no coordinate reference system: set it first, or the points cannot be evaluated.</source>
            <translation>{path} n'a pas de système de coordonnées de référence : définissez-le d'abord, sinon les points ne pourront pas être évalués.</translation>
        </message>
        <message>
            <source>a multiple of {multiple}</source>
            <translation>un multiple de {multiple}</translation>
        </message>
        <message>
            <source>PATCH_PX is {asked}; {network} needs {sizes}.</source>
            <translation>PATCH_PX vaut {asked} ; {network} demande {sizes}.</translation>
        </message>
        <message>
            <source>Set {patch_px}, for example.</source>
            <translation>Mettez par exemple {patch_px}.</translation>
        </message>
        <message>
            <source>With PATCH_PX {patch_px} and BATCH 1, {network} has too few values for its batch norm.</source>
            <translation>Avec PATCH_PX {patch_px} et BATCH 1, {network} a trop peu de valeurs pour sa normalisation par lots.</translation>
        </message>
        <message>
            <source>Set a larger BATCH, or a larger PATCH_PX where the labels have room for it.</source>
            <translation>Augmentez BATCH, ou PATCH_PX si les étiquettes en laissent la place.</translation>
        </message>
        <message>
            <source>a multiple of {multiple} plus {rest}</source>
            <translation>un multiple de {multiple} plus {rest}</translation>
        </message>
        <message>
            <source>The class {name!r} {where}.</source>
            <translation>La classe {name!r} {where}.</translation>
        </message>
        <message>
            <source>Label the class in other places too, or remove it.</source>
            <translation>Étiquetez la classe aussi à d'autres endroits, ou supprimez-la.</translation>
        </message>
        <message>
            <source>Class {value} {name}: {training:,} px ({training_share:.1%}) for training, {validation:,} px ({validation_share:.1%}) for validation{features}.</source>
            <translation>Classe {value} {name} : {training:,} px ({training_share:.1%}) pour l'entraînement, {validation:,} px ({validation_share:.1%}) pour la validation{features}.</translation>
        </message>
        <message>
            <source>has labels in the validation area only</source>
            <translation>n'a d'étiquettes que dans la zone de validation</translation>
        </message>
        <message>
            <source>has no labelled pixel on valid image data</source>
            <translation>n'a aucun pixel étiqueté sur des données d'image valides</translation>
        </message>
        <message>
            <source>{name!r} has only {training:,} px to learn from, so expect many errors. Label more of it.</source>
            <translation>{name!r} n'a que {training:,} px dont apprendre ; attendez-vous à beaucoup d'erreurs. Étiquetez-en davantage.</translation>
        </message>
        <message>
            <source>No validation pixel of {name!r}: its accuracy stays unknown. Label it in more places.</source>
            <translation>Aucun pixel de validation de {name!r} : l'exactitude de cette classe reste inconnue. Étiquetez-la en plus d'endroits.</translation>
        </message>
        <message>
            <source>{name!r} has only {validation:,} validation px: its accuracy is uncertain. Label it in more places.</source>
            <translation>{name!r} n'a que {validation:,} px de validation : l'exactitude de cette classe est incertaine. Étiquetez-la en plus d'endroits.</translation>
        </message>
        <message>
            <source>, from {count:,} polygons or other features</source>
            <translation>, d'après {count:,} polygones ou autres entités</translation>
        </message>
        <message>
            <source>{image} has</source>
            <translation>{image} a</translation>
        </message>
        <message>
            <source>In {bands}, all training pixels have one value: nothing is learnt from it.</source>
            <translation>Dans {bands}, tous les pixels d'entraînement ont la même valeur : rien n'en est appris.</translation>
        </message>
        <message>
            <source>windows measured</source>
            <translation>fenêtres mesurées</translation>
        </message>
        <message>
            <source>band {number}</source>
            <translation>bande {number}</translation>
        </message>
        <message>
            <source>{title} ({network}) has no published settings: it is our own variant.</source>
            <translation>{title} ({network}) n'a pas de réglages publiés : c'est notre propre variante.</translation>
        </message>
        <message>
            <source>Set SCHEDULE to recommended, or choose a network of a paper.</source>
            <translation>Mettez SCHEDULE sur recommended, ou choisissez un réseau tiré d'un article.</translation>
        </message>
        <message>
            <source>The labels hold only one class, {name!r}; there is nothing to tell apart.</source>
            <translation>Les étiquettes ne contiennent qu'une classe, {name!r} ; il n'y a rien à distinguer.</translation>
        </message>
        <message>
            <source>Give labels of a second class, or set UNLABELLED to background.</source>
            <translation>Donnez des étiquettes d'une deuxième classe, ou mettez UNLABELLED sur background.</translation>
        </message>
        <message>
            <source>No label raster has a name like that of {image}. The images have no coordinates, so labels are matched to them by name.</source>
            <translation>Aucun raster d'étiquettes n'a un nom proche de celui de {image}. Les images n'ont pas de coordonnées : les étiquettes leur sont associées par leur nom.</translation>
        </message>
        <message>
            <source>Give each label raster the name of its image, or georeference both.</source>
            <translation>Donnez à chaque raster d'étiquettes le nom de son image, ou géoréférencez les deux.</translation>
        </message>
        <message>
            <source>{image} is matched with {labels}, by their names.</source>
            <translation>{image} est associé à {labels}, d'après leurs noms.</translation>
        </message>
        <message>
            <source>{image}: {text}</source>
            <translation>{image} : {text}</translation>
        </message>
        <message>
            <source>recommended</source>
            <translation>recommandés</translation>
        </message>
        <message>
            <source>as published</source>
            <translation>tels que publiés</translation>
        </message>
        <message>
            <source>Settings, {schedule}: {recipe}.</source>
            <translation>Réglages ({schedule}) : {recipe}.</translation>
        </message>
        <message>
            <source>The best model so far (epoch {epoch}, mean F1 {mean_f1:.3f} in validation) is {path}. If you start the same training again, it continues from there.</source>
            <translation>Le meilleur modèle jusqu'ici (époque {epoch}, F1 moyen {mean_f1:.3f} en validation) est {path}. Si vous relancez le même entraînement, il reprend de là.</translation>
        </message>
        <message>
            <source>The GPU failed: {reason}.</source>
            <translation>Le GPU a échoué : {reason}.</translation>
        </message>
        <message>
            <source>Check it with the tool Check the engine.</source>
            <translation>Vérifiez-le avec l'outil « Vérifier le moteur ».</translation>
        </message>
        <message>
            <source>No pixel of the image lies within {limits}.</source>
            <translation>Aucun pixel de l'image ne se trouve dans {limits}.</translation>
        </message>
        <message>
            <source>Choose a part of the image, or all of it.</source>
            <translation>Choisissez une partie de l'image, ou sa totalité.</translation>
        </message>
        <message>
            <source>{area} and the extent {extent}</source>
            <translation>{area} et dans l'emprise {extent}</translation>
        </message>
        <message>
            <source>{holder} has {count} different classes or more. At most {most} classes are possible, because they are stored in 8 bits; their codes may be any from 0 to {highest}.</source>
            <translation>{holder} a {count} classes différentes ou plus. Au plus {most} classes sont possibles, car elles sont enregistrées sur 8 bits ; leurs codes peuvent être quelconques de 0 à {highest}.</translation>
        </message>
        <message>
            <source>Choose a field or raster that holds classes, or join classes.</source>
            <translation>Choisissez un champ ou un raster qui contient des classes, ou réunissez des classes.</translation>
        </message>
        <message>
            <source>{reference} holds the class code {value}; codes from 0 to {highest} are possible.</source>
            <translation>{reference} contient le code de classe {value} ; les codes possibles vont de 0 à {highest}.</translation>
        </message>
        <message>
            <source>Reclassify it.</source>
            <translation>Reclassez cette référence.</translation>
        </message>
        <message>
            <source>{reference} together with the references before it</source>
            <translation>{reference}, avec les références qui précèdent,</translation>
        </message>
        <message>
            <source>{other} calls the class {differing!r} {its_name!r}, {reference} calls {own!r} {name!r}.</source>
            <translation>Dans {other}, la classe {differing!r} s'appelle {its_name!r} ; dans {reference}, {own!r} s'appelle {name!r}.</translation>
        </message>
        <message>
            <source>Rename one of them with RENAMES ({own}={its_name} if both are the same class), or reclassify the reference.</source>
            <translation>Renommez l'une des deux dans RENAMES (si les deux sont une même classe : {own}={its_name}), ou reclassez une référence.</translation>
        </message>
        <message>
            <source>{name} holds the colours of the ISPRS benchmark: its classes are named as there.</source>
            <translation>{name} contient les couleurs du jeu de référence de l'ISPRS : ses classes portent les noms qu'elles y ont.</translation>
        </message>
        <message>
            <source>{name} has more than {most} colours: it is a picture, not classes. At most {most} classes are possible, because they are stored in 8 bits.</source>
            <translation>{name} a plus de {most} couleurs : c'est une image, pas des classes. Au plus {most} classes sont possibles, car elles sont enregistrées sur 8 bits.</translation>
        </message>
        <message>
            <source>Give class codes in one band, or one plain colour for each class (no JPEG, no smoothed borders).</source>
            <translation>Donnez des codes de classe dans une seule bande, ou une couleur unie par classe (pas de JPEG, pas de limites lissées).</translation>
        </message>
        <message>
            <source>EXTENT is {text!r}.</source>
            <translation>EXTENT vaut {text!r}.</translation>
        </message>
        <message>
            <source>Give EXTENT as xmin,ymin,xmax,ymax: four numbers, each minimum smaller than its maximum.</source>
            <translation>Donnez EXTENT sous la forme xmin,ymin,xmax,ymax : quatre nombres, chaque minimum inférieur à son maximum.</translation>
        </message>
        <message>
            <source>EXTENT is {box}, but the image covers {image}: no pixel's centre lies in it.</source>
            <translation>EXTENT vaut {box}, mais l'image couvre {image} : aucun centre de pixel ne s'y trouve.</translation>
        </message>
        <message>
            <source>Give an extent on the image, or name the coordinate reference system that it is in.</source>
            <translation>Donnez une emprise sur l'image, ou nommez le système de coordonnées de référence dans lequel elle est.</translation>
        </message>
        <message>
            <source>EXTENT is in {named!r}, which is not a coordinate reference system: {error}.</source>
            <translation>EXTENT est dans {named!r}, qui n'est pas un système de coordonnées de référence : {error}.</translation>
        </message>
        <message>
            <source>Name it by its code, as in [EPSG:4326].</source>
            <translation>Nommez-le par son code, comme dans [EPSG:4326].</translation>
        </message>
        <message>
            <source>The image reaches beyond what the coordinate reference system of EXTENT can describe.</source>
            <translation>L'image dépasse ce que le système de coordonnées de référence d'EXTENT peut décrire.</translation>
        </message>
        <message>
            <source>Give EXTENT in the image's coordinate reference system.</source>
            <translation>Donnez EXTENT dans le système de coordonnées de référence de l'image.</translation>
        </message>
        <message>
            <source>{name} has {bands} bands; a label raster has one band of class codes, or three bands that give each class a colour.</source>
            <translation>{name} a {bands} bandes ; un raster d'étiquettes a une bande de codes de classe, ou trois bandes qui donnent une couleur à chaque classe.</translation>
        </message>
        <message>
            <source>Extract the class band.</source>
            <translation>Extrayez la bande des classes.</translation>
        </message>
        <message>
            <source>{name} holds the value {value:g}; class codes are whole numbers.</source>
            <translation>{name} contient la valeur {value:g} ; les codes de classe sont des nombres entiers.</translation>
        </message>
        <message>
            <source>labels</source>
            <translation>étiquettes</translation>
        </message>
        <message>
            <source>Check that labelled features or pixels lie on the image and are at least a pixel in size.</source>
            <translation>Vérifiez que des entités ou des pixels étiquetés se trouvent sur l'image et mesurent au moins un pixel.</translation>
        </message>
        <message>
            <source>a vector layer or a raster</source>
            <translation>couche vecteur ou raster</translation>
        </message>
        <message>
            <source>On {px:,} px, {name} has other classes than the references before it. The classes of {name} are used there.</source>
            <translation>Sur {px:,} px, {name} a d'autres classes que les références qui précèdent. Les classes de {name} y sont utilisées.</translation>
        </message>
        <message>
            <source>RENAMES has a new name for the class {old!r}, but the labels have no such class.</source>
            <translation>RENAMES donne un nouveau nom à la classe {old!r}, mais les étiquettes n'ont pas cette classe.</translation>
        </message>
        <message>
            <source>No pixel of the image inside {area} gets a class from {names}.</source>
            <translation>Dans {area}, aucun pixel de l'image ne reçoit de classe de {names}.</translation>
        </message>
        <message>
            <source>No pixel of the image gets a class from {names}.</source>
            <translation>Aucun pixel de l'image ne reçoit de classe de {names}.</translation>
        </message>
        <message>
            <source>{name}: features of different classes overlap on {px:,} px; the later feature is used.</source>
            <translation>{name} : des entités de classes différentes se recouvrent sur {px:,} px ; l'entité qui vient après est utilisée.</translation>
        </message>
        <message>
            <source>{own!r} is compared with {name!r}, the only class besides background. Check that both mean the same.</source>
            <translation>{own!r} est comparé avec {name!r}, la seule classe outre le fond. Vérifiez que les deux désignent la même chose.</translation>
        </message>
        <message>
            <source>{name} does not overlap the image and was left out.</source>
            <translation>{name} ne recouvre pas l'image et a été laissé de côté.</translation>
        </message>
        <message>
            <source>{name} covers {own}, but the image covers {image}: they do not overlap.</source>
            <translation>{name} couvre {own}, mais l'image couvre {image} : les deux ne se recouvrent pas.</translation>
        </message>
        <message>
            <source>Choose layers of this image's area, and check the coordinate reference systems of the layers and of the image.</source>
            <translation>Choisissez des couches de la zone de cette image, et vérifiez les systèmes de coordonnées de référence des couches et de l'image.</translation>
        </message>
        <message>
            <source>{name} covers {own}, but the image covers {image}: they do not overlap. The other references ({others}) do not overlap the image either.</source>
            <translation>{name} couvre {own}, mais l'image couvre {image} : les deux ne se recouvrent pas. Les autres références ({others}) ne recouvrent pas l'image non plus.</translation>
        </message>
        <message>
            <source>a vector layer</source>
            <translation>couche vecteur</translation>
        </message>
        <message>
            <source>{name}: {n} feature(s) without a usable geometry were left out.</source>
            <translation>{name} : {n} entité(s) sans géométrie utilisable ont été laissées de côté.</translation>
        </message>
        <message>
            <source>features</source>
            <translation>entités</translation>
        </message>
        <message>
            <source>The features of {path} cannot be read: {error}.</source>
            <translation>Les entités de {path} ne peuvent pas être lues : {error}.</translation>
        </message>
        <message>
            <source>Make or copy the file again.</source>
            <translation>Créez ou copiez de nouveau le fichier.</translation>
        </message>
        <message>
            <source>{file} has no vector layers.</source>
            <translation>{file} n'a pas de couches vecteur.</translation>
        </message>
        <message>
            <source>Choose a layer with labelled features.</source>
            <translation>Choisissez une couche avec des entités étiquetées.</translation>
        </message>
        <message>
            <source>The layer {path} has the option {options!r}, which the engine does not support.</source>
            <translation>La couche {path} a l'option {options!r}, que le moteur ne prend pas en charge.</translation>
        </message>
        <message>
            <source>Export the layer to a file.</source>
            <translation>Exportez la couche dans un fichier.</translation>
        </message>
        <message>
            <source>{file} has no layer {wanted!r}.</source>
            <translation>{file} n'a pas de couche {wanted!r}.</translation>
        </message>
        <message>
            <source>Its layers: {names}.</source>
            <translation>Ses couches : {names}.</translation>
        </message>
        <message>
            <source>{path} has no field {field!r}.</source>
            <translation>{path} n'a pas de champ {field!r}.</translation>
        </message>
        <message>
            <source>Its fields: {names}.</source>
            <translation>Ses champs : {names}.</translation>
        </message>
        <message>
            <source>The field {field} of {path} holds {kind} values.</source>
            <translation>Le champ {field} de {path} contient des valeurs de type {kind}.</translation>
        </message>
        <message>
            <source>Choose a field of numbers or text.</source>
            <translation>Choisissez un champ de nombres ou de texte.</translation>
        </message>
        <message>
            <source>{holder} is empty in all features.</source>
            <translation>{holder} est vide dans toutes les entités.</translation>
        </message>
        <message>
            <source>Choose another field.</source>
            <translation>Choisissez un autre champ.</translation>
        </message>
        <message>
            <source>None of the {n} feature(s) of {path} has a geometry.</source>
            <translation>Aucune des {n} entité(s) de {path} n'a de géométrie.</translation>
        </message>
        <message>
            <source>{path} has no features.</source>
            <translation>{path} n'a pas d'entités.</translation>
        </message>
        <message>
            <source>The field {field} of {path}</source>
            <translation>Le champ {field} de {path}</translation>
        </message>
        <message>
            <source>{holder} holds {value:g}.</source>
            <translation>{holder} contient {value:g}.</translation>
        </message>
        <message>
            <source>Choose a field of whole numbers or text.</source>
            <translation>Choisissez un champ de nombres entiers ou de texte.</translation>
        </message>
        <message>
            <source>none</source>
            <translation>aucun</translation>
        </message>
        <message>
            <source>Too few points lie where the map has {held}: figures of the whole map need {fewest} on each of its classes.</source>
            <translation>Trop peu de points se trouvent là où la carte a {held} : les chiffres de la carte entière en demandent {fewest} dans chacune de ses classes.</translation>
        </message>
        <message>
            <source>Label more points there (Sample points for assessment draws some on every class), or join classes.</source>
            <translation>Étiquetez-y plus de points (« Échantillonner des points pour l'évaluation » en tire dans chaque classe), ou réunissez des classes.</translation>
        </message>
        <message>
            <source>{name} ({points} on {px:,} px)</source>
            <translation>{name} ({points} sur {px:,} px)</translation>
        </message>
        <message>
            <source>class {number} of {count}</source>
            <translation>classe {number} sur {count}</translation>
        </message>
        <message>
            <source>{path} is not a Raster Segmenter model ({reason}).</source>
            <translation>{path} n'est pas un modèle de Raster Segmenter ({reason}).</translation>
        </message>
        <message>
            <source>Choose a .safetensors file made by Train segmenter.</source>
            <translation>Choisissez un fichier .safetensors produit par « Entraîner un segmenteur ».</translation>
        </message>
        <message>
            <source>There is no model file {path}.</source>
            <translation>Le fichier de modèle {path} n'existe pas.</translation>
        </message>
        <message>
            <source>The model {path} has {classes} classes; at most {most} are possible.</source>
            <translation>Le modèle {path} a {classes} classes ; {most} au plus sont possibles.</translation>
        </message>
        <message>
            <source>Choose a model of fewer classes.</source>
            <translation>Choisissez un modèle qui a moins de classes.</translation>
        </message>
        <message>
            <source>it has no model card</source>
            <translation>il n'a pas de fiche de modèle</translation>
        </message>
        <message>
            <source>The model {path} has version {version}; this engine understands up to {known}.</source>
            <translation>Le modèle {path} est de version {version} ; ce moteur comprend jusqu'à la version {known}.</translation>
        </message>
        <message>
            <source>Update Raster Segmenter.</source>
            <translation>Mettez Raster Segmenter à jour.</translation>
        </message>
        <message>
            <source>its card cannot be read: {error}</source>
            <translation>sa fiche est illisible : {error}</translation>
        </message>
        <message>
            <source>{field} in its card cannot be {value}</source>
            <translation>{field} dans sa fiche ne peut pas être {value}</translation>
        </message>
        <message>
            <source>its weights do not fit its network: {reason}</source>
            <translation>ses poids ne correspondent pas à son réseau : {reason}</translation>
        </message>
        <message>
            <source>A tile of this network cannot be {side_px} px wide.</source>
            <translation>Une tuile de ce réseau ne peut pas faire {side_px} px de large.</translation>
        </message>
        <message>
            <source>Set TILE_PX to {valid_px}, or to 0.</source>
            <translation>Mettez TILE_PX à {valid_px}, ou à 0.</translation>
        </message>
        <message>
            <source>The network has more than 2 GiB of weights, and an ONNX file cannot hold more than that.</source>
            <translation>Le réseau a plus de 2 GiB de poids ; un fichier ONNX ne peut pas en contenir autant.</translation>
        </message>
        <message>
            <source>Train a narrower network.</source>
            <translation>Entraînez un réseau plus étroit.</translation>
        </message>
        <message>
            <source>PyTorch {version} has written a network that ends in {operator}, not in Softmax.</source>
            <translation>PyTorch {version} a écrit un réseau qui se termine par {operator}, et non par Softmax.</translation>
        </message>
        <message>
            <source>Install another version of PyTorch for the engine, and please report it.</source>
            <translation>Installez une autre version de PyTorch pour le moteur, et merci de le signaler.</translation>
        </message>
        <message>
            <source>The export gives other logits than the network, by up to {largest:.2g}.</source>
            <translation>Les logits de l'export diffèrent de ceux du réseau, jusqu'à {largest:.2g}.</translation>
        </message>
        <message>
            <source>Please report it.</source>
            <translation>Merci de le signaler.</translation>
        </message>
        <message>
            <source>{network} cannot be written as ONNX: {cause}.</source>
            <translation>{network} ne peut pas être écrit en ONNX : {cause}.</translation>
        </message>
        <message>
            <source>Classify with the model file itself, or train another network.</source>
            <translation>Classez avec le fichier de modèle lui-même, ou entraînez un autre réseau.</translation>
        </message>
        <message>
            <source>The engine's Python lacks {library}.</source>
            <translation>Il manque {library} au Python du moteur.</translation>
        </message>
        <message>
            <source>Install it with pip from engine/requirements.txt.</source>
            <translation>Installez-le avec pip d'après engine/requirements.txt.</translation>
        </message>
        <message>
            <source>INITIAL is {initial!r}, but {network} cannot start from weights: it is always fitted from the beginning.</source>
            <translation>INITIAL vaut {initial!r}, mais {network} ne peut pas partir de poids : il est toujours ajusté depuis le début.</translation>
        </message>
        <message>
            <source>Leave INITIAL empty.</source>
            <translation>Laissez INITIAL vide.</translation>
        </message>
        <message>
            <source>Nothing in {source} fits this network: it holds {theirs}; the network has {wanted}.</source>
            <translation>Rien dans {source} ne convient à ce réseau : le fichier contient {theirs} ; le réseau a {wanted}.</translation>
        </message>
        <message>
            <source>Choose weights of this network, or the network of these weights.</source>
            <translation>Choisissez des poids de ce réseau, ou le réseau de ces poids.</translation>
        </message>
        <message>
            <source>Starting from {source}: {loaded} of {all} tensors, {share:.0%} of the network's weights.</source>
            <translation>Départ de {source} : {loaded} tenseurs sur {all}, {share:.0%} des poids du réseau.</translation>
        </message>
        <message>
            <source>INITIAL is {initial!r}, neither a file nor published weights of {network}.</source>
            <translation>INITIAL vaut {initial!r} : ce n'est ni un fichier ni des poids publiés de {network}.</translation>
        </message>
        <message>
            <source>{name} is {theirs} in {source}, and {ours} in this network.</source>
            <translation>{name} est {theirs} dans {source}, et {ours} dans ce réseau.</translation>
        </message>
        <message>
            <source>Give weights of a network of the same size and bands, or set the options of their network.</source>
            <translation>Donnez les poids d'un réseau de même taille et de mêmes bandes, ou mettez les options du réseau de ces poids.</translation>
        </message>
        <message>
            <source>Adapted to the image's bands: {names}.</source>
            <translation>Adapté aux bandes de l'image : {names}.</translation>
        </message>
        <message>
            <source>Left out of {source}: {names}.</source>
            <translation>Laissé de côté dans {source} : {names}.</translation>
        </message>
        <message>
            <source>Not in {source}, so initialised at random: {names}.</source>
            <translation>Absent de {source}, donc initialisé au hasard : {names}.</translation>
        </message>
        <message>
            <source>Give a file, or one of: {names}.</source>
            <translation>Donnez un fichier, ou un nom parmi : {names}.</translation>
        </message>
        <message>
            <source>Give a file: no weights are published for this network.</source>
            <translation>Donnez un fichier : aucun poids n'est publié pour ce réseau.</translation>
        </message>
        <message>
            <source>The network of {path} is {theirs}, but NETWORK is {ours}.</source>
            <translation>Le réseau de {path} est {theirs}, mais NETWORK est {ours}.</translation>
        </message>
        <message>
            <source>Choose its network and options, or another INITIAL.</source>
            <translation>Choisissez son réseau et ses options, ou un autre INITIAL.</translation>
        </message>
        <message>
            <source>{model} was made for {before} bands, and its first layer is adapted to {bands}.</source>
            <translation>{model} a été fait pour {before} bandes ; sa première couche est adaptée à {bands}.</translation>
        </message>
        <message>
            <source>Of the classes of {model}, {classes} are among these: the weights of its other classes are not used, and new classes start with random weights.</source>
            <translation>Des classes de {model}, {classes} sont parmi celles-ci : les poids de ses autres classes ne sont pas utilisés, et les nouvelles classes partent de poids tirés au hasard.</translation>
        </message>
        <message>
            <source>{model} knows other classes: their weights are not used, and all classes start with random weights.</source>
            <translation>{model} connaît d'autres classes : leurs poids ne sont pas utilisés, et toutes les classes partent de poids tirés au hasard.</translation>
        </message>
        <message>
            <source>{path} holds no weights that can be read: {reason}.</source>
            <translation>{path} ne contient pas de poids lisibles : {reason}.</translation>
        </message>
        <message>
            <source>Give a .safetensors file, or a .pth file of a state_dict.</source>
            <translation>Donnez un fichier .safetensors, ou un fichier .pth contenant un state_dict.</translation>
        </message>
        <message>
            <source>{path} holds more than tensors: reading it could run code that somebody put into it.</source>
            <translation>{path} contient autre chose que des tenseurs : le lire pourrait exécuter du code que quelqu'un y a mis.</translation>
        </message>
        <message>
            <source>Save its state_dict alone, best as .safetensors, and give that.</source>
            <translation>Enregistrez seulement son state_dict, de préférence en .safetensors, et donnez ce fichier.</translation>
        </message>
        <message>
            <source>it is a {kind}, not tensors by name</source>
            <translation>c'est un {kind}, pas des tenseurs nommés</translation>
        </message>
        <message>
            <source>it has no tensors by name</source>
            <translation>il n'a pas de tenseurs nommés</translation>
        </message>
        <message>
            <source>{network} cannot learn {auxiliary!r} as a second task.</source>
            <translation>{network} ne peut pas apprendre la seconde tâche {auxiliary!r}.</translation>
        </message>
        <message>
            <source>Set AUXILIARY to one of: {known}.</source>
            <translation>Mettez AUXILIARY sur une de ces valeurs : {known}.</translation>
        </message>
        <message>
            <source>The option {option} is {value:g}.</source>
            <translation>L'option {option} vaut {value:g}.</translation>
        </message>
        <message>
            <source>Give a whole number from {low} to {high}.</source>
            <translation>Donnez un nombre entier de {low} à {high}.</translation>
        </message>
        <message>
            <source>The option context_px is {context_px}.</source>
            <translation>L'option context_px vaut {context_px}.</translation>
        </message>
        <message>
            <source>Give a multiple of {multiple_px}, so that both scales align.</source>
            <translation>Donnez un multiple de {multiple_px}, pour que les deux échelles coïncident.</translation>
        </message>
        <message>
            <source>The option filters is {filters:g}.</source>
            <translation>L'option filters vaut {filters:g}.</translation>
        </message>
        <message>
            <source>Give a multiple of 4, because the first cell has a quarter of these filters.</source>
            <translation>Donnez un multiple de 4, car la première cellule a le quart de ces filtres.</translation>
        </message>
        <message>
            <source>The option summed is {summed:g}.</source>
            <translation>L'option summed vaut {summed:g}.</translation>
        </message>
        <message>
            <source>Give 1 (all normal cells are read) or 0 (the last cell and the outputs of reduction cells).</source>
            <translation>Donnez 1 (toutes les cellules normales sont lues) ou 0 (la dernière cellule et les sorties des cellules de réduction).</translation>
        </message>
        <message>
            <source>The option penalty is {penalty:g}.</source>
            <translation>L'option penalty vaut {penalty:g}.</translation>
        </message>
        <message>
            <source>Give a number above 0.</source>
            <translation>Donnez un nombre supérieur à 0.</translation>
        </message>
        <message>
            <source>The option gamma is {gamma:g}.</source>
            <translation>L'option gamma vaut {gamma:g}.</translation>
        </message>
        <message>
            <source>Give a number above 0, or 0 to use 1 / (number of bands).</source>
            <translation>Donnez un nombre supérieur à 0, ou 0 pour utiliser 1 / (nombre de bandes).</translation>
        </message>
        <message>
            <source>Class {number} of {classes} has no labelled pixel to fit to.</source>
            <translation>La classe {number} sur {classes} n'a aucun pixel étiqueté auquel s'ajuster.</translation>
        </message>
        <message>
            <source>Label some of it in the training part, or take the class out of the reference.</source>
            <translation>Étiquetez-en dans la part d'entraînement, ou retirez la classe de la référence.</translation>
        </message>
        <message>
            <source>illegal instruction</source>
            <translation>instruction illégale</translation>
        </message>
        <message>
            <source>segmentation fault</source>
            <translation>erreur de segmentation</translation>
        </message>
        <message>
            <source>bus error</source>
            <translation>erreur de bus</translation>
        </message>
        <message>
            <source>aborted</source>
            <translation>abandon</translation>
        </message>
        <message>
            <source>arithmetic error</source>
            <translation>erreur arithmétique</translation>
        </message>
        <message>
            <source>trap</source>
            <translation>point d'arrêt</translation>
        </message>
        <message>
            <source>killed by the system, most often because memory ran out</source>
            <translation>tué par le système, le plus souvent faute de mémoire</translation>
        </message>
        <message>
            <source>access violation</source>
            <translation>violation d'accès</translation>
        </message>
        <message>
            <source>memory ran out</source>
            <translation>la mémoire a manqué</translation>
        </message>
        <message>
            <source>a DLL is for another processor architecture</source>
            <translation>une DLL est pour une autre architecture de processeur</translation>
        </message>
        <message>
            <source>stack overflow</source>
            <translation>débordement de pile</translation>
        </message>
        <message>
            <source>a DLL was not found</source>
            <translation>une DLL est introuvable</translation>
        </message>
        <message>
            <source>a DLL lacks a function</source>
            <translation>il manque une fonction à une DLL</translation>
        </message>
        <message>
            <source>a DLL failed to start</source>
            <translation>une DLL n'a pas pu démarrer</translation>
        </message>
        <message>
            <source>the memory is damaged</source>
            <translation>mémoire endommagée</translation>
        </message>
        <message>
            <source>The engine sent a line that is not an event ({error}): {line!r}.</source>
            <translation>Le moteur a envoyé une ligne qui n'est pas un événement ({error}) : {line!r}.</translation>
        </message>
        <message>
            <source>A job is a JSON object, not {found}.</source>
            <translation>Un travail est un objet JSON, pas {found}.</translation>
        </message>
        <message>
            <source>Check the job file.</source>
            <translation>Vérifiez le fichier de travail.</translation>
        </message>
        <message>
            <source>Unknown job {kind}.</source>
            <translation>Travail inconnu {kind}.</translation>
        </message>
        <message>
            <source>Set "job" to one of: {kinds}.</source>
            <translation>Donnez à "job" une de ces valeurs : {kinds}.</translation>
        </message>
        <message>
            <source>The job has version {version}; this engine understands version {understood}.</source>
            <translation>Le travail est de version {version} ; ce moteur comprend la version {understood}.</translation>
        </message>
        <message>
            <source>Unknown key {key!r} in a {kind} job.</source>
            <translation>Clé inconnue {key!r} dans un travail de type {kind}.</translation>
        </message>
        <message>
            <source>Known keys: {keys}.</source>
            <translation>Clés connues : {keys}.</translation>
        </message>
        <message>
            <source>{key} is {value}.</source>
            <translation>{key} vaut {value}.</translation>
        </message>
        <message>
            <source>It must be {wanted}.</source>
            <translation>Il faut {wanted}.</translation>
        </message>
        <message>
            <source>a list of paths</source>
            <translation>une liste de chemins</translation>
        </message>
        <message>
            <source>one of {values}</source>
            <translation>une de ces valeurs : {values}</translation>
        </message>
        <message>
            <source>a whole number from {low:g} to {high:g}</source>
            <translation>un nombre entier de {low:g} à {high:g}</translation>
        </message>
        <message>
            <source>a number from {low:g} to {high:g}</source>
            <translation>un nombre de {low:g} à {high:g}</translation>
        </message>
        <message>
            <source>an object of texts</source>
            <translation>un objet de textes</translation>
        </message>
        <message>
            <source>an object of numbers</source>
            <translation>un objet de nombres</translation>
        </message>
        <message>
            <source>an object of objects of texts</source>
            <translation>un objet d'objets de textes</translation>
        </message>
        <message>
            <source>The job is not valid JSON: {error}.</source>
            <translation>Le travail n'est pas un JSON valide : {error}.</translation>
        </message>
        <message>
            <source>The {kind} job lacks the key {key!r}.</source>
            <translation>Il manque au travail de type {kind} la clé {key!r}.</translation>
        </message>
        <message>
            <source>Add it to the job file.</source>
            <translation>Ajoutez-le au fichier de la tâche.</translation>
        </message>
        <message>
            <source>true or false</source>
            <translation>true ou false</translation>
        </message>
        <message>
            <source>a list with at least one path</source>
            <translation>une liste d'au moins un chemin</translation>
        </message>
        <message>
            <source>text</source>
            <translation>un texte</translation>
        </message>
        <message>
            <source>Set "version" to {understood}.</source>
            <translation>Mettez "version" à {understood}.</translation>
        </message>
        <message>
            <source>The model {path} cannot be opened: {reason}.</source>
            <translation>Le modèle {path} ne peut pas être ouvert : {reason}.</translation>
        </message>
        <message>
            <source>Choose another file.</source>
            <translation>Choisissez un autre fichier.</translation>
        </message>
        <message>
            <source>{path} is not a Raster Segmenter model.</source>
            <translation>{path} n'est pas un modèle de Raster Segmenter.</translation>
        </message>
        <message>
            <source>{path} cannot be replaced: another program has it open, or it is write-protected.</source>
            <translation>{path} ne peut pas être remplacé : un autre programme l'a ouvert, ou il est protégé en écriture.</translation>
        </message>
        <message>
            <source>Remove the layer from the QGIS project, or close the program that shows it, and run again; or choose another name.</source>
            <translation>Retirez la couche du projet QGIS, ou fermez le programme qui l'affiche, et relancez ; ou choisissez un autre nom.</translation>
        </message>
        <message>
            <source>{path} cannot be replaced: another program has it open, or it is write-protected. The finished result is {instead}.</source>
            <translation>{path} ne peut pas être remplacé : un autre programme l'a ouvert, ou il est protégé en écriture. Le résultat fini est {instead}.</translation>
        </message>
        <message>
            <source>Remove the layer from the QGIS project, or close the program that shows it, and rename {instead}.</source>
            <translation>Retirez la couche du projet QGIS, ou fermez le programme qui l'affiche, et renommez {instead}.</translation>
        </message>
        <message>
            <source>There is no {name!r} in {folder}.</source>
            <translation>Il n'y a pas de {name!r} dans {folder}.</translation>
        </message>
        <message>
            <source>Choose one of: {names}.</source>
            <translation>Choisissez parmi : {names}.</translation>
        </message>
        <message>
            <source>{name} has no option {option!r}.</source>
            <translation>{name} n'a pas d'option {option!r}.</translation>
        </message>
        <message>
            <source>Its options and defaults: {known}.</source>
            <translation>Ses options et leurs valeurs par défaut : {known}.</translation>
        </message>
        <message>
            <source>The image has no coordinate reference system, so {name} cannot be laid over it.</source>
            <translation>L'image n'a pas de système de coordonnées de référence : {name} ne peut pas lui être superposé.</translation>
        </message>
        <message>
            <source>Set it with the Processing tool 'Assign projection'.</source>
            <translation>Définissez-le avec l'outil de Traitement « Assigner une projection ».</translation>
        </message>
        <message>
            <source>{name} has no coordinate reference system, so it cannot be laid over the image.</source>
            <translation>{name} n'a pas de système de coordonnées de référence et ne peut donc pas être superposé à l'image.</translation>
        </message>
        <message>
            <source>Set it with the Processing tool Define projection (vector) or Assign projection (raster).</source>
            <translation>Définissez-le avec l'outil de Traitement « Définir la projection » (vecteur) ou « Assigner une projection » (raster).</translation>
        </message>
        <message>
            <source>{lacking} has no coordinate reference system: {name} is laid over the image pixel by pixel.</source>
            <translation>{lacking} n'a pas de système de coordonnées de référence : {name} est superposé à l'image pixel par pixel.</translation>
        </message>
        <message>
            <source>The image</source>
            <translation>L'image</translation>
        </message>
        <message>
            <source>Name another Python for the engine, such as that of a current QGIS, or one with the package gdal of conda-forge.</source>
            <translation>Indiquez un autre Python pour le moteur, comme celui d'un QGIS récent, ou un Python avec le paquet gdal de conda-forge.</translation>
        </message>
        <message>
            <source>GDAL {release} is installed; the engine needs {major}.{minor} or newer.</source>
            <translation>GDAL {release} est installé ; il faut au moteur {major}.{minor} ou plus récent.</translation>
        </message>
        <message>
            <source>Remove them from the environment variable GDAL_SKIP, if it is set.</source>
            <translation>Retirez-les de la variable d'environnement GDAL_SKIP, si elle est définie.</translation>
        </message>
        <message>
            <source>GDAL {release} lacks formats that the engine writes: {formats}.</source>
            <translation>Il manque à GDAL {release} des formats que le moteur écrit : {formats}.</translation>
        </message>
        <message>
            <source>GDAL's library PROJ cannot look up coordinate reference systems: {error}.</source>
            <translation>La bibliothèque PROJ de GDAL ne peut pas consulter les systèmes de coordonnées de référence : {error}.</translation>
        </message>
        <message>
            <source>GDAL's Python bindings cannot be imported: {error}.</source>
            <translation>Les liaisons Python de GDAL ne peuvent pas être importées : {error}.</translation>
        </message>
        <message>
            <source>Install them for this Python (package GDAL).</source>
            <translation>Installez-les pour ce Python (paquet GDAL).</translation>
        </message>
        <message>
            <source>Remove the environment variable {names}, and restart QGIS.</source>
            <translation>Supprimez la variable d'environnement {names}, puis redémarrez QGIS.</translation>
        </message>
        <message>
            <source>{name} holds {bands} band(s) of {dtype}, not class codes.</source>
            <translation>{name} contient {bands} bande(s) de type {dtype}, pas des codes de classe.</translation>
        </message>
        <message>
            <source>Choose a class map.</source>
            <translation>Choisissez une carte de classes.</translation>
        </message>
        <message>
            <source>{name} holds more than {most} different values. At most {most} classes are possible, since classes are counted in 8 bits.</source>
            <translation>{name} contient plus de {most} valeurs différentes. Au plus {most} classes sont possibles, car les classes sont comptées sur 8 bits.</translation>
        </message>
        <message>
            <source>Choose a class map, or join classes.</source>
            <translation>Choisissez une carte de classes, ou réunissez des classes.</translation>
        </message>
        <message>
            <source>There is no file {path}.</source>
            <translation>Le fichier {path} n'existe pas.</translation>
        </message>
        <message>
            <source>Check its name, or choose another one.</source>
            <translation>Vérifiez son nom, ou choisissez-en un autre.</translation>
        </message>
        <message>
            <source>The file {path} is empty.</source>
            <translation>Le fichier {path} est vide.</translation>
        </message>
        <message>
            <source>Make or copy it again.</source>
            <translation>Créez-le ou copiez-le de nouveau.</translation>
        </message>
        <message>
            <source>{path} cannot be opened as {kind}: {reason}.</source>
            <translation>{path} ne peut pas être ouvert comme {kind} : {reason}.</translation>
        </message>
        <message>
            <source>Choose a file that GDAL can open.</source>
            <translation>Choisissez un fichier que GDAL peut ouvrir.</translation>
        </message>
        <message>
            <source>{path} could not be written to its end, probably because the disk is full: {reason}.</source>
            <translation>{path} n'a pas pu être écrit jusqu'au bout, sans doute parce que le disque est plein : {reason}.</translation>
        </message>
        <message>
            <source>a raster</source>
            <translation>raster</translation>
        </message>
        <message>
            <source>x {xmin} to {xmax}, y {ymin} to {ymax}</source>
            <translation>x de {xmin} à {xmax}, y de {ymin} à {ymax}</translation>
        </message>
        <message>
            <source>Building the overviews of {name}.</source>
            <translation>Construction des aperçus (pyramides) de {name}.</translation>
        </message>
        <message>
            <source>% of the overviews</source>
            <translation>% des aperçus</translation>
        </message>
        <message>
            <source>Building the overviews of {name}, and laying it out for reading over a network.</source>
            <translation>Construction des aperçus (pyramides) de {name}, et disposition pour une lecture à travers le réseau.</translation>
        </message>
        <message>
            <source>% of the cloud-optimised file</source>
            <translation>% du fichier optimisé pour le nuage</translation>
        </message>
        <message>
            <source>The minimum area is {area:g} m², but {name} has no CRS, so areas are unknown.</source>
            <translation>L'aire minimale est {area:g} m², mais {name} n'a pas de SCR : les aires sont donc inconnues.</translation>
        </message>
        <message>
            <source>Assign the raster's CRS, or set the minimum area to 0.</source>
            <translation>Assignez au raster son SCR, ou mettez l'aire minimale à 0.</translation>
        </message>
        <message>
            <source>% of the outlines drawn</source>
            <translation>% des contours dessinés</translation>
        </message>
        <message>
            <source>% of the small patches merged</source>
            <translation>% des petites taches fondues</translation>
        </message>
        <message>
            <source>polygons</source>
            <translation>polygones</translation>
        </message>
        <message>
            <source>Band {number} of {path} holds complex numbers ({kind}).</source>
            <translation>La bande {number} de {path} contient des nombres complexes ({kind}).</translation>
        </message>
        <message>
            <source>Convert it to real numbers with the tool Translate.</source>
            <translation>Convertissez-la en nombres réels avec l'outil « Convertir ».</translation>
        </message>
        <message>
            <source>{path} has no bands with image values.</source>
            <translation>{path} n'a pas de bandes contenant des valeurs d'image.</translation>
        </message>
        <message>
            <source>Choose a raster with at least one band.</source>
            <translation>Choisissez un raster d'au moins une bande.</translation>
        </message>
        <message>
            <source>{name} cannot be read at rows {top} to {bottom}, columns {left} to {right}: {error}.</source>
            <translation>{name} ne peut pas être lu aux lignes {top} à {bottom}, colonnes {left} à {right} : {error}.</translation>
        </message>
        <message>
            <source>The file is probably truncated or damaged: copy or make it again.</source>
            <translation>Le fichier est sans doute tronqué ou endommagé : copiez-le ou créez-le de nouveau.</translation>
        </message>
        <message>
            <source>The image reaches beyond what the coordinate reference system of {name} can describe.</source>
            <translation>L'image dépasse ce que le système de coordonnées de référence de {name} peut décrire.</translation>
        </message>
        <message>
            <source>Warp that raster to the image's CRS first.</source>
            <translation>Reprojetez d'abord ce raster dans le SCR de l'image.</translation>
        </message>
        <message>
            <source>Choose a raster of this image's area, and check the coordinate reference systems of the raster and of the image.</source>
            <translation>Choisissez un raster de la zone de cette image, et vérifiez les systèmes de coordonnées de référence du raster et de l'image.</translation>
        </message>
        <message>
            <source>{name} covers only a part of the image: pixels beyond it count as without data.</source>
            <translation>{name} ne couvre qu'une partie de l'image : les pixels au-delà comptent comme sans données.</translation>
        </message>
        <message>
            <source>{path} is your own file, so it was not overwritten.</source>
            <translation>{path} est votre propre fichier : il n'a donc pas été écrasé.</translation>
        </message>
        <message>
            <source>{name} cannot be warped to the image's grid: {error}.</source>
            <translation>{name} ne peut pas être reprojeté sur la grille de l'image : {error}.</translation>
        </message>
        <message>
            <source>The file may be damaged: copy or make it again. If it is not, reproject it to the image's CRS first.</source>
            <translation>Le fichier est peut-être endommagé : copiez-le ou créez-le de nouveau. S'il ne l'est pas, reprojetez-le d'abord dans le SCR de l'image.</translation>
        </message>
        <message>
            <source>It is built for a newer processor than this one ({processor}): install an older release. On a virtual machine, give the virtual machine the instructions of the host's processor (AVX2).</source>
            <translation>Il est compilé pour un processeur plus récent que celui-ci ({processor}) : installez une version plus ancienne. Sur une machine virtuelle, donnez-lui les instructions du processeur de l'hôte (AVX2).</translation>
        </message>
        <message>
            <source>{package} crashes as it is loaded by {python}: {cause}.</source>
            <translation>{package} s'écrase quand {python} le charge : {cause}.</translation>
        </message>
        <message>
            <source>{python} lacks: {modules}.</source>
            <translation>Il manque à {python} : {modules}.</translation>
        </message>
        <message>
            <source>{package} {found} is installed in {python}; the engine needs {needed} or newer.</source>
            <translation>{package} {found} est installé dans {python} ; il faut au moteur {needed} ou plus récent.</translation>
        </message>
        <message>
            <source>{package} cannot be loaded by {python}, because {cause}: {error}.</source>
            <translation>Le paquet {package} ne peut pas être chargé par {python}, car {cause} : {error}.</translation>
        </message>
        <message>
            <source>Versions: {versions}.</source>
            <translation>Versions : {versions}.</translation>
        </message>
        <message>
            <source>Run this in a terminal to make a new environment: "{python}" "{installer}" "{folder}"</source>
            <translation>Exécutez dans un terminal, pour créer un nouvel environnement : "{python}" "{installer}" "{folder}"</translation>
        </message>
        <message>
            <source>Install the newest Microsoft Visual C++ Redistributable (x64), then restart QGIS. If that does not help, continue with the next step.</source>
            <translation>Installez la dernière version de Microsoft Visual C++ Redistributable (x64), puis redémarrez QGIS. Si cela ne suffit pas, passez à l'étape suivante.</translation>
        </message>
        <message>
            <source>Run this in a terminal: "{python}" -m pip install "{wanted}". Or install a build for NumPy {numpy}.</source>
            <translation>Exécutez dans un terminal : "{python}" -m pip install "{wanted}". Ou installez une version compilée pour NumPy {numpy}.</translation>
        </message>
        <message>
            <source>it fails when it is loaded</source>
            <translation>il échoue à son chargement</translation>
        </message>
        <message>
            <source>it is built for a newer system than this one (C library: {libc})</source>
            <translation>il est compilé pour un système plus récent que celui-ci (bibliothèque C : {libc})</translation>
        </message>
        <message>
            <source>it was built for another release of NumPy than the installed {numpy}</source>
            <translation>il a été compilé pour une autre version de NumPy que celle qui est installée, {numpy}</translation>
        </message>
        <message>
            <source>it is built for another processor architecture than this Python ({machine})</source>
            <translation>il est compilé pour une autre architecture de processeur que ce Python ({machine})</translation>
        </message>
        <message>
            <source>Install the build for this architecture, or name a Python of the other one.</source>
            <translation>Installez la version compilée pour cette architecture, ou indiquez un Python de l'autre.</translation>
        </message>
        <message>
            <source>one of its DLLs fails to start</source>
            <translation>une de ses DLL ne peut pas démarrer</translation>
        </message>
        <message>
            <source>its parts, or the libraries that it uses, are of different releases</source>
            <translation>ses parties, ou les bibliothèques qu'il utilise, sont de versions différentes</translation>
        </message>
        <message>
            <source>a library that it needs is missing</source>
            <translation>une bibliothèque dont il a besoin manque</translation>
        </message>
        <message>
            <source>a package that it needs is missing</source>
            <translation>un paquet dont il a besoin manque</translation>
        </message>
        <message>
            <source>a library that was loaded earlier leaves no room for it</source>
            <translation>une bibliothèque chargée auparavant ne lui laisse pas de place</translation>
        </message>
        <message>
            <source>Update the system, or continue with the next step.</source>
            <translation>Mettez le système à jour, ou passez à l'étape suivante.</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>inconnue</translation>
        </message>
        <message>
            <source>Windows allows no {character!r} in names</source>
            <translation>Windows n'admet pas {character!r} dans les noms</translation>
        </message>
        <message>
            <source>{device} is the name of a device on Windows</source>
            <translation>{device} est sous Windows le nom d'un périphérique</translation>
        </message>
        <message>
            <source>names do not end in a dot or a space on Windows</source>
            <translation>sous Windows, un nom ne finit pas par un point ou une espace</translation>
        </message>
        <message>
            <source>was made with other data or settings</source>
            <translation>a été fait avec d'autres données ou réglages</translation>
        </message>
        <message>
            <source>{path}, from an earlier training, {reason}. Training starts from the beginning.</source>
            <translation>{path}, issu d'un entraînement antérieur, {reason}. L'entraînement recommence depuis le début.</translation>
        </message>
        <message>
            <source>is damaged ({error})</source>
            <translation>est endommagé ({error})</translation>
        </message>
        <message>
            <source>CUDA graphs of the training steps cannot be captured, so training is slower: {reason}.</source>
            <translation>Les graphes CUDA des pas d'entraînement ne peuvent pas être capturés ; l'entraînement est donc plus lent : {reason}.</translation>
        </message>
        <message>
            <source>The GPU has no deterministic form of {operations}: another run may differ in the last digits.</source>
            <translation>Le GPU n'a pas de forme déterministe de {operations} : une autre exécution peut différer dans les derniers chiffres.</translation>
        </message>
        <message>
            <source>Fitting to {pixels:,} pixels, at most {per_class:,} of each class.</source>
            <translation>Ajustement à {pixels:,} pixels, au plus {per_class:,} de chaque classe.</translation>
        </message>
        <message>
            <source>blocks sampled</source>
            <translation>blocs échantillonnés</translation>
        </message>
        <message>
            <source>blocks validated</source>
            <translation>blocs validés</translation>
        </message>
        <message>
            <source>Memory ran out: each batch is computed in more parts from now on.</source>
            <translation>La mémoire a manqué : chaque lot est désormais calculé en plus de morceaux.</translation>
        </message>
        <message>
            <source>Training needs about {needed:,.0f} MiB for a single patch of {patch_px} px; {free:,.0f} MiB are free for it.</source>
            <translation>L'entraînement demande environ {needed:,.0f} MiB pour une seule imagette de {patch_px} px ; {free:,.0f} MiB sont libres pour cela.</translation>
        </message>
        <message>
            <source>Close other programs, or choose a smaller network: OPTIONS width=16, for example.</source>
            <translation>Fermez d'autres programmes, ou choisissez un réseau plus petit : OPTIONS width=16, par exemple.</translation>
        </message>
        <message>
            <source>Memory has no room for a patch of {recipe_px} px: patches have {patch_px} px, with {batch} in each step.</source>
            <translation>La mémoire ne suffit pas pour une imagette de {recipe_px} px : les imagettes font {patch_px} px, avec {batch} à chaque pas.</translation>
        </message>
        <message>
            <source>Memory has room for {at_once} patches at once: each batch of {batch} is computed in {steps} parts.</source>
            <translation>La mémoire suffit pour {at_once} imagettes à la fois : chaque lot de {batch} est calculé en {steps} morceaux.</translation>
        </message>
        <message>
            <source>batches</source>
            <translation>lots</translation>
        </message>
        <message>
            <source>The labels lie in {blocks} block(s) of the image: none can be kept for validation without losing a class.</source>
            <translation>Les étiquettes se trouvent dans {blocks} bloc(s) de l'image : aucun ne peut être gardé pour la validation sans perdre une classe.</translation>
        </message>
        <message>
            <source>Label each class in more places, or set a smaller PATCH_PX.</source>
            <translation>Étiquetez chaque classe en plus d'endroits, ou réduisez PATCH_PX.</translation>
        </message>
        <message>
            <source>No labelled pixel lies inside the validation area.</source>
            <translation>Aucun pixel étiqueté ne se trouve dans la zone de validation.</translation>
        </message>
        <message>
            <source>Draw the validation area over labels of the image.</source>
            <translation>Dessinez la zone de validation sur des étiquettes de l'image.</translation>
        </message>
        <message>
            <source>The validation area leaves no labels to learn from.</source>
            <translation>La zone de validation ne laisse aucune étiquette dont apprendre.</translation>
        </message>
        <message>
            <source>Make the validation area smaller, or label more places outside it.</source>
            <translation>Réduisez la zone de validation, ou étiquetez plus d'endroits en dehors.</translation>
        </message>
        <message>
            <source>blocks surveyed</source>
            <translation>blocs examinés</translation>
        </message>
        <message>
            <source>The best epoch so far is kept.</source>
            <translation>La meilleure époque jusqu'ici est gardée.</translation>
        </message>
        <message>
            <source>An epoch is {patches:,} patches of {patch_px} px.</source>
            <translation>Une époque compte {patches:,} imagettes de {patch_px} px.</translation>
        </message>
        <message>
            <source>Continuing an earlier run after epoch {epoch}.</source>
            <translation>Reprise d'une exécution antérieure, après l'époque {epoch}.</translation>
        </message>
        <message>
            <source>Stopped early: no better mean F1 in {epochs} epochs.</source>
            <translation>Arrêt anticipé : pas de meilleur F1 moyen en {epochs} époques.</translation>
        </message>
        <message>
            <source>Quantity disagreement</source>
            <translation>Désaccord de quantité</translation>
        </message>
        <message>
            <source>Allocation disagreement</source>
            <translation>Désaccord d'allocation</translation>
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
            <source>Frequency-weighted IoU</source>
            <translation>IoU pondéré par la fréquence</translation>
        </message>
        <message>
            <source>Kappa</source>
            <translation>Kappa</translation>
        </message>
        <message>
            <source>Matthews correlation</source>
            <translation>Corrélation de Matthews</translation>
        </message>
        <message>
            <source>Overall accuracy</source>
            <translation>Exactitude globale</translation>
        </message>
    </context>
</TS>
