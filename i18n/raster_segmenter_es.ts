<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
    <context>
        <name>RasterSegmenter</name>
        <message>
            <source>Segmentation</source>
            <translation>Segmentación</translation>
        </message>
        <message>
            <source>This QGIS is too new for the dialog with estimate and commands: QGIS's own opens. Update the plugin.</source>
            <translation>Este QGIS es demasiado nuevo para el diálogo con estimación y comandos: se abre el propio de QGIS. Actualice el complemento.</translation>
        </message>
        <message>
            <source>The engine's result lacks {name}. Reinstall Raster Segmenter.</source>
            <translation>Al resultado del motor le falta {name}. Reinstale Raster Segmenter.</translation>
        </message>
        <message>
            <source>Check the engine</source>
            <translation>Comprobar el motor</translation>
        </message>
        <message>
            <source>Tries every part of the engine on a small scene, and says which Python, libraries and device it uses.</source>
            <translation>Prueba cada parte del motor con una escena pequeña y dice qué Python, bibliotecas y dispositivo usa.</translation>
        </message>
        <message>
            <source>Engine</source>
            <translation>Motor</translation>
        </message>
        <message>
            <source>Device in use</source>
            <translation>Dispositivo en uso</translation>
        </message>
        <message>
            <source>Why this device</source>
            <translation>Por qué este dispositivo</translation>
        </message>
        <message>
            <source>Python interpreter</source>
            <translation>Intérprete de Python</translation>
        </message>
        <message>
            <source>Version of Python</source>
            <translation>Versión de Python</translation>
        </message>
        <message>
            <source>Version of PyTorch</source>
            <translation>Versión de PyTorch</translation>
        </message>
        <message>
            <source>Version of GDAL</source>
            <translation>Versión de GDAL</translation>
        </message>
        <message>
            <source>What was tried, for a report of a problem</source>
            <translation>Lo que se probó, para informar de un problema</translation>
        </message>
        <message>
            <source>GPU,CUDA,device,PyTorch,diagnose,installation,version</source>
            <translation>GPU,CUDA,dispositivo,PyTorch,diagnóstico,instalación,versión</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>Dispositivo</translation>
        </message>
        <message>
            <source>Classify raster</source>
            <translation>Clasificar ráster</translation>
        </message>
        <message>
            <source>Gives each pixel of a raster its class, by a trained model.</source>
            <translation>Da a cada píxel de un ráster su clase, con un modelo entrenado.</translation>
        </message>
        <message>
            <source>deep learning,neural network,semantic segmentation,inference,prediction,land cover,class map</source>
            <translation>aprendizaje profundo,red neuronal,segmentación semántica,inferencia,predicción,cobertura del suelo,mapa de clases</translation>
        </message>
        <message>
            <source>Image</source>
            <translation>Imagen</translation>
        </message>
        <message>
            <source>Classify only inside these polygons</source>
            <translation>Clasificar solo dentro de estos polígonos</translation>
        </message>
        <message>
            <source>Class map</source>
            <translation>Mapa de clases</translation>
        </message>
        <message>
            <source>Pixels classified</source>
            <translation>Píxeles clasificados</translation>
        </message>
        <message>
            <source>Seconds</source>
            <translation>Segundos</translation>
        </message>
        <message>
            <source>Extent to classify</source>
            <translation>Extensión que se clasifica</translation>
        </message>
        <message>
            <source>Average over turned and flipped views (eight times the work)</source>
            <translation>Promediar vistas giradas y reflejadas (ocho veces el trabajo)</translation>
        </message>
        <message>
            <source>Blend overlapping windows</source>
            <translation>Fundir ventanas que se solapan</translation>
        </message>
        <message>
            <source>Resolution to classify at</source>
            <translation>Resolución de la clasificación</translation>
        </message>
        <message>
            <source>Precision of the computation</source>
            <translation>Precisión del cálculo</translation>
        </message>
        <message>
            <source>Side of a tile in pixels (0: automatic)</source>
            <translation>Lado de una tesela en píxeles (0: automático)</translation>
        </message>
        <message>
            <source>Smallest polygon in square metres</source>
            <translation>Polígono más pequeño en metros cuadrados</translation>
        </message>
        <message>
            <source>Write the maps as cloud-optimised GeoTIFFs</source>
            <translation>Escribir los mapas como GeoTIFF optimizados para la nube</translation>
        </message>
        <message>
            <source>Keep the finished part when cancelled, to go on from later</source>
            <translation>Al cancelar, conservar la parte terminada para continuar después</translation>
        </message>
        <message>
            <source>Probabilities of the classes</source>
            <translation>Probabilidades de las clases</translation>
        </message>
        <message>
            <source>Confidence</source>
            <translation>Confianza</translation>
        </message>
        <message>
            <source>Polygons</source>
            <translation>Polígonos</translation>
        </message>
        <message>
            <source>Summary of the areas</source>
            <translation>Resumen de las áreas</translation>
        </message>
        <message>
            <source>Areas as JSON</source>
            <translation>Áreas en JSON</translation>
        </message>
        <message>
            <source>Describe model</source>
            <translation>Describir modelo</translation>
        </message>
        <message>
            <source>Says what a model was trained for and how well, or what a network is and how it was published.</source>
            <translation>Dice para qué se entrenó un modelo y con qué calidad, o qué es una red y cómo se publicó.</translation>
        </message>
        <message>
            <source>model card,metadata,classes,bands,accuracy,network,paper,published settings</source>
            <translation>ficha del modelo,metadatos,clases,bandas,exactitud,red,artículo,ajustes publicados</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Network, where no model is given</source>
            <translation>Red, si no se indica un modelo</translation>
        </message>
        <message>
            <source>Description as JSON</source>
            <translation>Descripción en JSON</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Red</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>Clases</translation>
        </message>
        <message>
            <source>Bands</source>
            <translation>Bandas</translation>
        </message>
        <message>
            <source>Trainable parameters</source>
            <translation>Parámetros entrenables</translation>
        </message>
        <message>
            <source>Give either a model file or a network to describe.</source>
            <translation>Indique un archivo de modelo o una red que describir.</translation>
        </message>
        <message>
            <source>Evaluate against reference</source>
            <translation>Evaluar con una referencia</translation>
        </message>
        <message>
            <source>Compares a class map with reference labels, class by class.</source>
            <translation>Compara un mapa de clases con una referencia, clase por clase.</translation>
        </message>
        <message>
            <source>accuracy,confusion matrix,kappa,F1,IoU,validation,assessment,reference,ground truth</source>
            <translation>exactitud,matriz de confusión,kappa,F1,IoU,validación,evaluación,referencia,verdad terreno</translation>
        </message>
        <message>
            <source>Map of errors</source>
            <translation>Mapa de errores</translation>
        </message>
        <message>
            <source>Worst places</source>
            <translation>Peores lugares</translation>
        </message>
        <message>
            <source>Confusion matrix as CSV</source>
            <translation>Matriz de confusión en CSV</translation>
        </message>
        <message>
            <source>Overall accuracy</source>
            <translation>Exactitud global</translation>
        </message>
        <message>
            <source>Kappa</source>
            <translation>Kappa</translation>
        </message>
        <message>
            <source>Mean F1</source>
            <translation>F1 medio</translation>
        </message>
        <message>
            <source>Mean IoU</source>
            <translation>IoU medio</translation>
        </message>
        <message>
            <source>Overall accuracy without borders</source>
            <translation>Exactitud global sin los límites</translation>
        </message>
        <message>
            <source>Mean F1 without borders</source>
            <translation>F1 medio sin los límites</translation>
        </message>
        <message>
            <source>Overall accuracy of the map, from points</source>
            <translation>Exactitud global del mapa, a partir de puntos</translation>
        </message>
        <message>
            <source>Mean area under the ROC curve</source>
            <translation>Área media bajo la curva ROC</translation>
        </message>
        <message>
            <source>Reference: polygons, points or class rasters</source>
            <translation>Referencia: polígonos, puntos o rásteres de clases</translation>
        </message>
        <message>
            <source>Probabilities of the map</source>
            <translation>Probabilidades del mapa</translation>
        </message>
        <message>
            <source>Borders between classes to leave out, in pixels</source>
            <translation>Límites entre clases que se omiten, en píxeles</translation>
        </message>
        <message>
            <source>Regions to have figures of each</source>
            <translation>Regiones, cada una con sus cifras</translation>
        </message>
        <message>
            <source>Field with the name of each region</source>
            <translation>Campo con el nombre de cada región</translation>
        </message>
        <message>
            <source>Use labels only inside these polygons</source>
            <translation>Usar solo etiquetas dentro de estos polígonos</translation>
        </message>
        <message>
            <source>Figures as JSON</source>
            <translation>Cifras en JSON</translation>
        </message>
        <message>
            <source>Export model</source>
            <translation>Exportar modelo</translation>
        </message>
        <message>
            <source>Writes a model as ONNX, for Deepness and other programs, and checks that it gives the same.</source>
            <translation>Escribe un modelo en ONNX, para Deepness y otros programas, y comprueba que da lo mismo.</translation>
        </message>
        <message>
            <source>ONNX,Deepness,convert,interchange,neural network,deployment</source>
            <translation>ONNX,Deepness,convertir,intercambio,red neuronal,despliegue</translation>
        </message>
        <message>
            <source>ONNX file</source>
            <translation>Archivo ONNX</translation>
        </message>
        <message>
            <source>Sample points for assessment</source>
            <translation>Muestrear puntos para la evaluación</translation>
        </message>
        <message>
            <source>Draws random points from each class of a map, to be labelled for its assessment.</source>
            <translation>Toma puntos al azar de cada clase de un mapa, que se etiquetan para evaluarlo.</translation>
        </message>
        <message>
            <source>accuracy,assessment,stratified random sample,validation,reference,area estimation,response design</source>
            <translation>exactitud,evaluación,muestra aleatoria estratificada,validación,referencia,estimación de áreas,diseño de respuesta</translation>
        </message>
        <message>
            <source>Standard error of overall accuracy</source>
            <translation>Error estándar de la exactitud global</translation>
        </message>
        <message>
            <source>Expected accuracy of each class</source>
            <translation>Exactitud esperada de cada clase</translation>
        </message>
        <message>
            <source>Points in all (0: as many as the standard error asks for)</source>
            <translation>Puntos en total (0: los que pida el error estándar)</translation>
        </message>
        <message>
            <source>Fewest points on each class</source>
            <translation>Mínimo de puntos en cada clase</translation>
        </message>
        <message>
            <source>Sample points</source>
            <translation>Puntos de muestreo</translation>
        </message>
        <message>
            <source>Points drawn</source>
            <translation>Puntos tomados</translation>
        </message>
        <message>
            <source>Pixels they stand for</source>
            <translation>Píxeles que representan</translation>
        </message>
        <message>
            <source>Draw points only inside these polygons</source>
            <translation>Tomar puntos solo dentro de estos polígonos</translation>
        </message>
        <message>
            <source>Seed of the random numbers</source>
            <translation>Semilla de los números aleatorios</translation>
        </message>
        <message>
            <source>Train segmenter</source>
            <translation>Entrenar segmentador</translation>
        </message>
        <message>
            <source>Teaches a neural network the classes of polygons or of a class raster.</source>
            <translation>Enseña a una red neuronal las clases de polígonos o de un ráster de clases.</translation>
        </message>
        <message>
            <source>Recommended</source>
            <translation>Recomendados</translation>
        </message>
        <message>
            <source>As published with the network</source>
            <translation>Como se publicaron con la red</translation>
        </message>
        <message>
            <source>Overall accuracy in validation</source>
            <translation>Exactitud global en validación</translation>
        </message>
        <message>
            <source>Mean F1 in validation</source>
            <translation>F1 medio en validación</translation>
        </message>
        <message>
            <source>Mean IoU in validation</source>
            <translation>IoU medio en validación</translation>
        </message>
        <message>
            <source>Best epoch</source>
            <translation>Mejor época</translation>
        </message>
        <message>
            <source>Epochs run</source>
            <translation>Épocas realizadas</translation>
        </message>
        <message>
            <source>Networks</source>
            <translation>Redes</translation>
        </message>
        <message>
            <source>deep learning,neural network,u-net,semantic segmentation,land cover,training,classification</source>
            <translation>aprendizaje profundo,red neuronal,u-net,segmentación semántica,cobertura del suelo,entrenamiento,clasificación</translation>
        </message>
        <message>
            <source>Images</source>
            <translation>Imágenes</translation>
        </message>
        <message>
            <source>Minutes at most (0: no limit)</source>
            <translation>Minutos como máximo (0: sin límite)</translation>
        </message>
        <message>
            <source>Training settings</source>
            <translation>Ajustes del entrenamiento</translation>
        </message>
        <message>
            <source>Epochs at most (0: automatic)</source>
            <translation>Épocas como máximo (0: automático)</translation>
        </message>
        <message>
            <source>Options of the network (name=number …)</source>
            <translation>Opciones de la red (nombre=número …)</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>Función de pérdida</translation>
        </message>
        <message>
            <source>Learnt beside the classes</source>
            <translation>Aprendido junto a las clases</translation>
        </message>
        <message>
            <source>Changes of the patches</source>
            <translation>Cambios de los recortes</translation>
        </message>
        <message>
            <source>Weights to start from: a file, or a name such as imagenet</source>
            <translation>Pesos iniciales: un archivo o un nombre como imagenet</translation>
        </message>
        <message>
            <source>Side of a training patch in pixels (0: automatic)</source>
            <translation>Lado de un recorte de entrenamiento en píxeles (0: automático)</translation>
        </message>
        <message>
            <source>Patches per step (0: automatic)</source>
            <translation>Recortes por paso (0: automático)</translation>
        </message>
        <message>
            <source>Learning rate (0: automatic)</source>
            <translation>Tasa de aprendizaje (0: automática)</translation>
        </message>
        <message>
            <source>Part of the labelled blocks kept for validation</source>
            <translation>Parte de los bloques etiquetados reservada a la validación</translation>
        </message>
        <message>
            <source>Validate inside these polygons instead</source>
            <translation>Validar en cambio dentro de estos polígonos</translation>
        </message>
        <message>
            <source>Go on from an interrupted training</source>
            <translation>Continuar un entrenamiento interrumpido</translation>
        </message>
        <message>
            <source>The same seed gives the same model on a GPU too (slower)</source>
            <translation>La misma semilla da el mismo modelo también en una GPU (más lento)</translation>
        </message>
        <message>
            <source>none for this network</source>
            <translation>ninguno para esta red</translation>
        </message>
        <message>
            <source>Labels: polygons or class rasters</source>
            <translation>Etiquetas: polígonos o rásteres de clases</translation>
        </message>
        <message>
            <source>As published</source>
            <translation>Como se publicó</translation>
        </message>
        <message>
            <source>{network} cannot learn {auxiliary} beside the classes. Set AUXILIARY to auto or none.</source>
            <translation>{network} no puede aprender {auxiliary} junto a las clases. Ponga AUXILIARY en auto o none.</translation>
        </message>
        <message>
            <source>{network} is our own variant: no settings were published. Set SCHEDULE to recommended.</source>
            <translation>{network} es una variante nuestra: no se publicaron ajustes. Ponga SCHEDULE en los recomendados.</translation>
        </message>
        <message>
            <source>INITIAL is {path}: no such file, and no published weights of that name ({known}).</source>
            <translation>INITIAL es {path}: no existe ese archivo ni hay pesos publicados con ese nombre ({known}).</translation>
        </message>
        <message>
            <source>Learning curve</source>
            <translation>Curva de aprendizaje</translation>
        </message>
        <message>
            <source>{count} epochs</source>
            <translation>{count} épocas</translation>
        </message>
        <message>
            <source>in validation</source>
            <translation>en validación</translation>
        </message>
        <message>
            <source>mean F1</source>
            <translation>F1 medio</translation>
        </message>
        <message>
            <source>Epoch {number}: loss {training:.3f}, in validation {validation:.3f}; mean F1 {f1:.3f}</source>
            <translation>Época {number}: pérdida {training:.3f}, en validación {validation:.3f}; F1 medio {f1:.3f}</translation>
        </message>
        <message>
            <source>training block</source>
            <translation>bloque de entrenamiento</translation>
        </message>
        <message>
            <source>validation block</source>
            <translation>bloque de validación</translation>
        </message>
        <message>
            <source>last batch</source>
            <translation>último lote</translation>
        </message>
        <message>
            <source>Class</source>
            <translation>Clase</translation>
        </message>
        <message>
            <source>Drag it to another corner, or press Ctrl and an arrow key.</source>
            <translation>Arrástrelo a otra esquina, o pulse Ctrl y una tecla de flecha.</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Progreso</translation>
        </message>
        <message>
            <source>Fold or unfold</source>
            <translation>Plegar o desplegar</translation>
        </message>
        <message>
            <source>Starting …</source>
            <translation>Iniciando…</translation>
        </message>
        <message>
            <source>Share so far</source>
            <translation>Parte hasta ahora</translation>
        </message>
        <message>
            <source>Model chains</source>
            <translation>Cadenas de modelos</translation>
        </message>
        <message>
            <source>{name} gets no style. {message}</source>
            <translation>{name} se queda sin estilo. {message}</translation>
        </message>
        <message>
            <source>“Model” is empty. Choose a .safetensors file made by Train segmenter.</source>
            <translation>«Modelo» está vacío. Elija un archivo .safetensors hecho con «Entrenar segmentador».</translation>
        </message>
        <message>
            <source>Choose one of: {choices}.</source>
            <translation>Elija uno de: {choices}.</translation>
        </message>
        <message>
            <source>Give a number from {low:g} to {high:g}.</source>
            <translation>Indique un número de {low:g} a {high:g}.</translation>
        </message>
        <message>
            <source>“{parameter}” is {value}. {remedy}</source>
            <translation>«{parameter}» es {value}. {remedy}</translation>
        </message>
        <message>
            <source>The output {path} is a folder. Give the name of a file in it.</source>
            <translation>La salida {path} es una carpeta. Indique el nombre de un archivo en ella.</translation>
        </message>
        <message>
            <source>There is no model {path}. Choose a .safetensors file made by Train segmenter.</source>
            <translation>No existe el modelo {path}. Elija un archivo .safetensors hecho con «Entrenar segmentador».</translation>
        </message>
        <message>
            <source>“{parameter}” is empty. Choose a layer.</source>
            <translation>«{parameter}» está vacío. Elija una capa.</translation>
        </message>
        <message>
            <source>The output folder {folder} does not exist. Create it, or choose another one.</source>
            <translation>La carpeta de salida {folder} no existe. Créela o elija otra.</translation>
        </message>
        <message>
            <source>{value} in “{parameter}” cannot be opened. Check that it exists and is a complete raster or vector file.</source>
            <translation>{value} en «{parameter}» no se puede abrir. Compruebe que existe y que es un archivo ráster o vectorial completo.</translation>
        </message>
        <message>
            <source>The output folder {folder} may not be written to. Choose another one.</source>
            <translation>No se puede escribir en la carpeta de salida {folder}. Elija otra.</translation>
        </message>
        <message>
            <source>“{parameter}” is {path}. Let its name end in {ending}.</source>
            <translation>«{parameter}» es {path}. Haga que su nombre termine en {ending}.</translation>
        </message>
        <message>
            <source>Save it as job.json, and run: python -m engine {kind} job.json</source>
            <translation>Guárdelo como job.json y ejecute: python -m engine {kind} job.json</translation>
        </message>
        <message>
            <source>Press Run to map the buildings of Banepa, Nepal, with a model that was trained on the blue area.</source>
            <translation>Pulse Ejecutar para cartografiar los edificios de Banepa, Nepal, con un modelo entrenado en la zona azul.</translation>
        </message>
        <message>
            <source>Banepa, aerial image</source>
            <translation>Banepa, imagen aérea</translation>
        </message>
        <message>
            <source>Raster Segmenter: demo</source>
            <translation>Raster Segmenter: demostración</translation>
        </message>
        <message>
            <source>Buildings</source>
            <translation>Edificios</translation>
        </message>
        <message>
            <source>Training area</source>
            <translation>Zona de entrenamiento</translation>
        </message>
        <message>
            <source>Test area</source>
            <translation>Zona de prueba</translation>
        </message>
        <message>
            <source>The demo's files cannot be copied to {folder}: {reason}.</source>
            <translation>Los archivos de demostración no se pueden copiar a {folder}: {reason}.</translation>
        </message>
        <message>
            <source>Estimate</source>
            <translation>Estimar</translation>
        </message>
        <message>
            <source>Measures how long it would take, on which device and in how much memory</source>
            <translation>Mide cuánto tardaría, en qué dispositivo y con cuánta memoria</translation>
        </message>
        <message>
            <source>Copy as</source>
            <translation>Copiar como</translation>
        </message>
        <message>
            <source>Python command</source>
            <translation>Orden de Python</translation>
        </message>
        <message>
            <source>qgis_process command</source>
            <translation>Orden de qgis_process</translation>
        </message>
        <message>
            <source>Engine job, for a machine without QGIS</source>
            <translation>Trabajo del motor, para una máquina sin QGIS</translation>
        </message>
        <message>
            <source>Measuring …</source>
            <translation>Midiendo…</translation>
        </message>
        <message>
            <source>Copied.</source>
            <translation>Copiado.</translation>
        </message>
        <message>
            <source>Save {layers} first: nobody else finds them as they are now.</source>
            <translation>Guarde primero {layers}: nadie más las encuentra como están ahora.</translation>
        </message>
        <message>
            <source>A library was built for a newer processor than this one. Run Check the engine: it names the library.</source>
            <translation>Una biblioteca se compiló para un procesador más nuevo que este. Ejecute «Comprobar el motor»: nombra la biblioteca.</translation>
        </message>
        <message>
            <source>To see which part fails, run Check the engine. If all is well there, try again with more free memory.</source>
            <translation>Para ver qué parte falla, ejecute «Comprobar el motor». Si allí todo va bien, inténtelo de nuevo con más memoria libre.</translation>
        </message>
        <message>
            <source>The engine crashed: {crash} (exit code {code}).</source>
            <translation>El motor se bloqueó: {crash} (código de salida {code}).</translation>
        </message>
        <message>
            <source>The engine stopped without a result (exit code {code}).</source>
            <translation>El motor se detuvo sin resultado (código de salida {code}).</translation>
        </message>
        <message>
            <source>The engine has no Python with PyTorch yet.</source>
            <translation>El motor aún no tiene un Python con PyTorch.</translation>
        </message>
        <message>
            <source>The engine's Python {path}, named in {source}, does not exist.</source>
            <translation>El Python del motor {path}, indicado en {source}, no existe.</translation>
        </message>
        <message>
            <source>The engine's Python {path} ({source}) lacks: {modules}.</source>
            <translation>Al Python del motor {path} ({source}) le falta: {modules}.</translation>
        </message>
        <message>
            <source>Processing's options</source>
            <translation>las opciones de Procesos</translation>
        </message>
        <message>
            <source>QGIS's own Python</source>
            <translation>el Python de QGIS</translation>
        </message>
        <message>
            <source>The engine's Python {path}, named in {source}, is a folder without a Python.</source>
            <translation>El Python del motor {path}, indicado en {source}, es una carpeta sin Python.</translation>
        </message>
        <message>
            <source>Run this in a terminal:
"{own}" "{installer}" "{folder}"
It says how much it will download. Then enter {python} in Settings &gt; Options &gt; Processing &gt; Providers &gt; Raster Segmenter, or set the environment variable {variable} to it.</source>
            <translation>Ejecute esto en un terminal:
"{own}" "{installer}" "{folder}"
Ahí se indica cuánto se va a descargar. Indique después {python} en Configuración &gt; Opciones &gt; Procesos &gt; Proveedores &gt; Raster Segmenter, o en la variable de entorno {variable}.</translation>
        </message>
        <message>
            <source>osgeo (the Python module of GDAL)</source>
            <translation>osgeo (el módulo de Python de GDAL)</translation>
        </message>
        <message>
            <source>The engine's Python {path} ({source}) cannot run it.</source>
            <translation>El Python del motor {path} ({source}) no puede ejecutarlo.</translation>
        </message>
        <message>
            <source>Run this in a terminal: "{python}" "{installer}"</source>
            <translation>Ejecute en un terminal: "{python}" "{installer}"</translation>
        </message>
        <message>
            <source>the environment variable {name}</source>
            <translation>la variable de entorno {name}</translation>
        </message>
        <message>
            <source>Correct it there.</source>
            <translation>Corríjalo allí.</translation>
        </message>
        <message>
            <source>time unknown</source>
            <translation>duración desconocida</translation>
        </message>
        <message>
            <source>about {time} in all</source>
            <translation>unos {time} en total</translation>
        </message>
        <message>
            <source>windows: {windows}, in {precision}</source>
            <translation>ventanas: {windows}, en {precision}</translation>
        </message>
        <message>
            <source>{patches} a step</source>
            <translation>{patches} por paso</translation>
        </message>
        <message>
            <source>{epochs} epochs at most, {time} each</source>
            <translation>{epochs} épocas como máximo, {time} cada una</translation>
        </message>
        <message>
            <source>about {size} of memory</source>
            <translation>unos {size} de memoria</translation>
        </message>
        <message>
            <source>Raster Segmenter: help</source>
            <translation>Raster Segmenter: ayuda</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>Páginas</translation>
        </message>
        <message>
            <source>Page</source>
            <translation>Página</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Atrás</translation>
        </message>
        <message>
            <source>Tutorial: a first map in ten minutes</source>
            <translation>Tutorial: un primer mapa en diez minutos</translation>
        </message>
        <message>
            <source>Troubleshooting</source>
            <translation>Solución de problemas</translation>
        </message>
        <message>
            <source>Export it first: a raster to GeoTIFF, a vector to GeoPackage.</source>
            <translation>Expórtela primero: un ráster a GeoTIFF, un vector a GeoPackage.</translation>
        </message>
        <message>
            <source>Choose a layer of polygons.</source>
            <translation>Elija una capa de polígonos.</translation>
        </message>
        <message>
            <source>The layer {name} is not a raster or vector file (it comes from {provider}).</source>
            <translation>La capa {name} no es un archivo ráster ni vectorial (viene de {provider}).</translation>
        </message>
        <message>
            <source>The layer {name} is a table without geometries.</source>
            <translation>La capa {name} es una tabla sin geometrías.</translation>
        </message>
        <message>
            <source>{name} has no style that can be read; QGIS chooses the colours. {message}</source>
            <translation>{name} no tiene un estilo que se pueda leer; QGIS elige los colores. {message}</translation>
        </message>
        <message>
            <source>Demo project</source>
            <translation>Proyecto de demostración</translation>
        </message>
        <message>
            <source>Loads an aerial image, labels and a trained model.</source>
            <translation>Carga una imagen aérea, etiquetas y un modelo entrenado.</translation>
        </message>
        <message>
            <source>Show runs on the map</source>
            <translation>Mostrar las ejecuciones en el mapa</translation>
        </message>
        <message>
            <source>Show legend and progress on the map</source>
            <translation>Mostrar la leyenda y el progreso en el mapa</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Ayuda</translation>
        </message>
        <message>
            <source>Tutorial, algorithms and troubleshooting.</source>
            <translation>Tutorial, algoritmos y solución de problemas.</translation>
        </message>
        <message>
            <source>{network}, {count} bands ({bands})</source>
            <translation>{network}, {count} bandas ({bands})</translation>
        </message>
        <message>
            <source>In validation: overall accuracy {accuracy:.1%}, mean F1 {f1:.3f}, mean IoU {iou:.3f}</source>
            <translation>En validación: exactitud global {accuracy:.1%}, F1 medio {f1:.3f}, IoU medio {iou:.3f}</translation>
        </message>
        <message>
            <source>pixels of {width:.3g} × {height:.3g} m</source>
            <translation>píxeles de {width:.3g} × {height:.3g} m</translation>
        </message>
        <message>
            <source>and {count} more</source>
            <translation>y {count} más</translation>
        </message>
        <message>
            <source>The card of {path} cannot be read.</source>
            <translation>No se puede leer la ficha de {path}.</translation>
        </message>
        <message>
            <source>Unknown: leave them out</source>
            <translation>Desconocidos: omitirlos</translation>
        </message>
        <message>
            <source>Background: a class of its own</source>
            <translation>Fondo: una clase propia</translation>
        </message>
        <message>
            <source>Pixels without a label are</source>
            <translation>Los píxeles sin etiqueta son</translation>
        </message>
        <message>
            <source>Field with the class of each polygon</source>
            <translation>Campo con la clase de cada polígono</translation>
        </message>
        <message>
            <source>Rasters with further bands</source>
            <translation>Rásteres con más bandas</translation>
        </message>
        <message>
            <source>Model, or several to be averaged</source>
            <translation>Modelo, o varios que se promedian</translation>
        </message>
        <message>
            <source>Report</source>
            <translation>Informe</translation>
        </message>
        <message>
            <source>Names and colours of the classes</source>
            <translation>Nombres y colores de las clases</translation>
        </message>
        <message>
            <source>Write old=new with semicolons between, such as concerte=concrete; 7=water #0000ff.</source>
            <translation>Escriba antiguo=nuevo, separados por punto y coma, como concerte=concrete; 7=water #0000ff.</translation>
        </message>
        <message>
            <source>Write them as name=number with spaces between, such as width=16 depth=4.</source>
            <translation>Escríbalas como nombre=número, separadas por espacios, como width=16 depth=4.</translation>
        </message>
        <message>
            <source>{entry} renames no class.</source>
            <translation>{entry} no cambia el nombre de ninguna clase.</translation>
        </message>
        <message>
            <source>{word} is no network option.</source>
            <translation>{word} no es una opción de la red.</translation>
        </message>
        <message>
            <source>its answer is not that of a Python</source>
            <translation>su respuesta no es la de un Python</translation>
        </message>
        <message>
            <source>it is not a program, or may not be run</source>
            <translation>no es un programa o no se puede ejecutar</translation>
        </message>
        <message>
            <source>it is not a program for this system</source>
            <translation>no es un programa para este sistema</translation>
        </message>
        <message>
            <source>The engine's Python {path} ({source}) crashes as it loads GDAL: {crash}.</source>
            <translation>El Python del motor {path} ({source}) se bloquea al cargar GDAL: {crash}.</translation>
        </message>
        <message>
            <source>The engine's Python {path} ({source}) does not run as a Python 3: {error}.</source>
            <translation>El Python del motor {path} ({source}) no funciona como Python 3: {error}.</translation>
        </message>
        <message>
            <source>it gives no answer within {seconds} seconds</source>
            <translation>no responde en {seconds} segundos</translation>
        </message>
        <message>
            <source>it ends with exit code {code}</source>
            <translation>termina con el código de salida {code}</translation>
        </message>
        <message>
            <source>Raster Segmenter: maps of classes by neural networks</source>
            <translation>Raster Segmenter: mapas de clases mediante redes neuronales</translation>
        </message>
        <message>
            <source>Python of the engine</source>
            <translation>Python del motor</translation>
        </message>
        <message>
            <source>The model chain {file} is damaged. Reinstall Raster Segmenter.</source>
            <translation>La cadena de modelos {file} está dañada. Reinstale Raster Segmenter.</translation>
        </message>
        <message>
            <source>“{parameter}” has no value.</source>
            <translation>«{parameter}» no tiene valor.</translation>
        </message>
        <message>
            <source>Epoch {number}: loss {training:.3f}, in validation {validation:.3f}; mean F1 {f1:.3f}, mean IoU {iou:.3f}, overall accuracy {accuracy:.3f} ({seconds:.1f} s)</source>
            <translation>Época {number}: pérdida {training:.3f}, en validación {validation:.3f}; F1 medio {f1:.3f}, IoU medio {iou:.3f}, exactitud global {accuracy:.3f} ({seconds:.1f} s)</translation>
        </message>
        <message>
            <source>{done} of {total} {unit}</source>
            <translation>{done} de {total} {unit}</translation>
        </message>
        <message>
            <source>{time} remaining</source>
            <translation>quedan {time}</translation>
        </message>
        <message>
            <source>Join the selected</source>
            <translation>Unir lo seleccionado</translation>
        </message>
        <message>
            <source>Gives all selected classes the name and the colour of the first of them</source>
            <translation>Da a todas las clases seleccionadas el nombre y el color de la primera</translation>
        </message>
        <message>
            <source>In the labels</source>
            <translation>En las etiquetas</translation>
        </message>
        <message>
            <source>Name in the map</source>
            <translation>Nombre en el mapa</translation>
        </message>
        <message>
            <source>Colour</source>
            <translation>Color</translation>
        </message>
        <message>
            <source>List the classes of the labels</source>
            <translation>Listar las clases de las etiquetas</translation>
        </message>
        <message>
            <source>Add a row</source>
            <translation>Añadir una fila</translation>
        </message>
        <message>
            <source>What the model is</source>
            <translation>Qué es el modelo</translation>
        </message>
        <message>
            <source>The finished part was kept: run it again with the same parameters to go on from there.</source>
            <translation>Se conservó la parte terminada: vuelva a ejecutarlo con los mismos parámetros para continuar desde ahí.</translation>
        </message>
        <message>
            <source>Another job is running: this one gets an engine of its own beside it, and both will be slower.</source>
            <translation>Hay otro trabajo en curso: este tendrá su propio motor, y ambos irán más lentos.</translation>
        </message>
        <message>
            <source>The run was cancelled.</source>
            <translation>La ejecución se canceló.</translation>
        </message>
        <message>
            <source>{path} could not be removed: {reason}.</source>
            <translation>No se pudo eliminar {path}: {reason}.</translation>
        </message>
    </context>
</TS>
