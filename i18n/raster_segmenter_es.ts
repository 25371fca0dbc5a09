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
            <source>This QGIS is too new for the plugin's own dialog. QGIS's dialog opens, without estimate and commands. Update the plugin.</source>
            <translation>Este QGIS es demasiado nuevo para el diálogo propio del complemento. Se abre el de QGIS, sin estimación ni comandos. Actualice el complemento.</translation>
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
            <source>Tries every part of the engine on a small scene, and names its Python, libraries and device.</source>
            <translation>Prueba cada parte del motor con una escena pequeña y nombra su Python, sus bibliotecas y su dispositivo.</translation>
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
            <source>Keep the finished part when cancelled, to continue later</source>
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
            <source>Regions that get figures of their own</source>
            <translation>Regiones que reciben cifras propias</translation>
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
            <source>Model chains</source>
            <translation>Cadenas de modelos</translation>
        </message>
        <message>
            <source>{name} gets no style. {message}</source>
            <translation>{name} se queda sin estilo. {message}</translation>
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
            <source>Trains a neural network on the classes of polygons or of a class raster.</source>
            <translation>Entrena una red neuronal con las clases de polígonos o de un ráster de clases.</translation>
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
            <source>Second task beside the classes</source>
            <translation>Segunda tarea junto a las clases</translation>
        </message>
        <message>
            <source>Random changes of the patches</source>
            <translation>Cambios aleatorios de los recortes</translation>
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
            <source>Fraction of the labelled blocks kept for validation</source>
            <translation>Fracción de los bloques etiquetados reservada a la validación</translation>
        </message>
        <message>
            <source>Validate inside these polygons instead</source>
            <translation>Validar en cambio dentro de estos polígonos</translation>
        </message>
        <message>
            <source>Continue an interrupted training</source>
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
            <source>{network} cannot learn {auxiliary} as a second task. Set AUXILIARY to auto or none.</source>
            <translation>{network} no puede aprender {auxiliary} como segunda tarea. Ponga AUXILIARY en auto o none.</translation>
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
            <source>Class</source>
            <translation>Clase</translation>
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
            <source>Save it as job.json, and run: python -m engine {kind} job.json</source>
            <translation>Guárdelo como job.json y ejecute: python -m engine {kind} job.json</translation>
        </message>
        <message>
            <source>Estimate</source>
            <translation>Estimar</translation>
        </message>
        <message>
            <source>Measures how long the run would take, on which device and with how much memory</source>
            <translation>Mide cuánto tardaría la ejecución, en qué dispositivo y con cuánta memoria</translation>
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
            <source>Save {layers} first: another program cannot read unsaved layers and edits.</source>
            <translation>Guarde primero {layers}: otro programa no puede leer capas ni ediciones sin guardar.</translation>
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
            <source>{patches} per step</source>
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
            <source>{network}, {count} bands ({bands})</source>
            <translation>{network}, {count} bandas ({bands})</translation>
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
            <source>“{parameter}” has no value.</source>
            <translation>«{parameter}» no tiene valor.</translation>
        </message>
        <message>
            <source>A library was built for a newer processor than this one. Run Check the engine: it names the library.</source>
            <translation>Una biblioteca se compiló para un procesador más nuevo que este. Ejecute «Comprobar el motor»: nombra la biblioteca.</translation>
        </message>
        <message>
            <source>Run Check the engine to see which part fails. If it finds no fault, try again with more free memory.</source>
            <translation>Ejecutar «Comprobar el motor» muestra qué parte falla. Si no encuentra ningún fallo, inténtelo de nuevo con más memoria libre.</translation>
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
            <source>{done} of {total} {unit}</source>
            <translation>{done} de {total} {unit}</translation>
        </message>
        <message>
            <source>{time} remaining</source>
            <translation>quedan {time}</translation>
        </message>
        <message>
            <source>The finished part was kept: run it again with the same parameters to continue from there.</source>
            <translation>Se conservó la parte terminada: vuelva a ejecutarlo con los mismos parámetros para continuar desde ahí.</translation>
        </message>
        <message>
            <source>Another job is running, so this one starts a second engine. Both will be slower.</source>
            <translation>Hay otro trabajo en curso, así que este inicia un segundo motor. Ambos irán más lentos.</translation>
        </message>
        <message>
            <source>The run was cancelled.</source>
            <translation>La ejecución se canceló.</translation>
        </message>
        <message>
            <source>{path} could not be removed: {reason}.</source>
            <translation>No se pudo eliminar {path}: {reason}.</translation>
        </message>
        <message>
            <source>{name} has no style that can be read; QGIS chooses the colours. {message}</source>
            <translation>{name} no tiene un estilo que se pueda leer; QGIS elige los colores. {message}</translation>
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
            <source>“{parameter}” is {path}. Its name must end in {ending}.</source>
            <translation>«{parameter}» es {path}. Su nombre debe terminar en {ending}.</translation>
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
            <source>Epoch {number}: loss {training:.3f}, in validation {validation:.3f}; mean F1 {f1:.3f}</source>
            <translation>Época {number}: pérdida {training:.3f}, en validación {validation:.3f}; F1 medio {f1:.3f}</translation>
        </message>
        <message>
            <source>Mpx</source>
            <translation>Mpx</translation>
        </message>
        <message>
            <source>The engine sent a picture that does not fit its window: {tile}.</source>
            <translation>El motor envió una imagen que no encaja en su ventana: {tile}.</translation>
        </message>
        <message>
            <source>Reinstall Raster Segmenter.</source>
            <translation>Reinstale Raster Segmenter.</translation>
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
            <source>Epoch {number}: loss {training:.3f}, in validation {validation:.3f}; mean F1 {f1:.3f}, mean IoU {iou:.3f}, overall accuracy {accuracy:.3f} ({seconds:.1f} s)</source>
            <translation>Época {number}: pérdida {training:.3f}, en validación {validation:.3f}; F1 medio {f1:.3f}, IoU medio {iou:.3f}, exactitud global {accuracy:.3f} ({seconds:.1f} s)</translation>
        </message>
        <message>
            <source>The engine has no Python with PyTorch yet.</source>
            <translation>El motor aún no tiene un Python con PyTorch.</translation>
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
            <source>The engine's Python {path} ({source}) cannot run the engine.</source>
            <translation>El Python del motor {path} ({source}) no puede ejecutarlo.</translation>
        </message>
        <message>
            <source>Run this in a terminal: "{python}" "{installer}"</source>
            <translation>Ejecute en un terminal: "{python}" "{installer}"</translation>
        </message>
        <message>
            <source>Processing's options</source>
            <translation>las opciones de Procesos</translation>
        </message>
        <message>
            <source>the environment variable {name}</source>
            <translation>la variable de entorno {name}</translation>
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
            <source>The engine's Python {path}, named in {source}, does not exist.</source>
            <translation>El Python del motor {path}, indicado en {source}, no existe.</translation>
        </message>
        <message>
            <source>The engine's Python {path} ({source}) lacks: {modules}.</source>
            <translation>Al Python del motor {path} ({source}) le falta: {modules}.</translation>
        </message>
        <message>
            <source>Correct it there.</source>
            <translation>Corríjalo allí.</translation>
        </message>
        <message>
            <source>its answer is not that of a Python</source>
            <translation>su respuesta no es la de un Python</translation>
        </message>
        <message>
            <source>it gives no answer within {seconds} seconds</source>
            <translation>no responde en {seconds} segundos</translation>
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
            <source>it ends with exit code {code}</source>
            <translation>termina con el código de salida {code}</translation>
        </message>
        <message>
            <source>The engine's Python {path} ({source}) does not run as a Python 3: {error}.</source>
            <translation>El Python del motor {path} ({source}) no funciona como Python 3: {error}.</translation>
        </message>
        <message>
            <source>The layer {name} is not a raster or vector file (it comes from {provider}).</source>
            <translation>La capa {name} no es un archivo ráster ni vectorial (viene de {provider}).</translation>
        </message>
        <message>
            <source>Export it first: a raster to GeoTIFF, a vector to GeoPackage.</source>
            <translation>Expórtela primero: un ráster a GeoTIFF, un vector a GeoPackage.</translation>
        </message>
        <message>
            <source>The layer {name} is a table without geometries.</source>
            <translation>La capa {name} es una tabla sin geometrías.</translation>
        </message>
        <message>
            <source>Choose a layer of polygons.</source>
            <translation>Elija una capa de polígonos.</translation>
        </message>
        <message>
            <source>{entry} is not a new name of a class.</source>
            <translation>{entry} no es un nombre nuevo de una clase.</translation>
        </message>
        <message>
            <source>Write old=new with semicolons between, such as concerte=concrete; 7=water #0000ff.</source>
            <translation>Escriba antiguo=nuevo, separados por punto y coma, como concerte=concrete; 7=water #0000ff.</translation>
        </message>
        <message>
            <source>{word} is not a network option.</source>
            <translation>{word} no es una opción de la red.</translation>
        </message>
        <message>
            <source>Write them as name=number with spaces between, such as width=16 depth=4.</source>
            <translation>Escríbalas como nombre=número, separadas por espacios, como width=16 depth=4.</translation>
        </message>
        <message>
            <source>The engine failed: {kind}: {error}.</source>
            <translation>El motor falló: {kind}: {error}.</translation>
        </message>
        <message>
            <source>Please report it with the log's last lines.</source>
            <translation>Informe de ello, por favor, con las últimas líneas del registro.</translation>
        </message>
        <message>
            <source>The job file {path} cannot be read: {error}.</source>
            <translation>No se puede leer el archivo de trabajo {path}: {error}.</translation>
        </message>
        <message>
            <source>Check the path and the JSON in it, where C:\maps is written as C:/maps or C:\\maps.</source>
            <translation>Compruebe la ruta y el JSON del archivo, en el que C:\maps se escribe C:/maps o C:\\maps.</translation>
        </message>
        <message>
            <source>Starting the engine.</source>
            <translation>Iniciando el motor.</translation>
        </message>
        <message>
            <source>{name} {rate:.3g} Mpx/s, {agreement:.2%} alike</source>
            <translation>{name} {rate:.3g} Mpx/s, {agreement:.2%} igual</translation>
        </message>
        <message>
            <source>Computes in {name}, the fastest whose labels agree with fp32 on {least:.1%} of a window: {figures}.</source>
            <translation>Se calcula en {name}, la forma más rápida cuyas clases coinciden con fp32 en el {least:.1%} de una ventana: {figures}.</translation>
        </message>
        <message>
            <source>{name} failed ({reason})</source>
            <translation>{name} falló ({reason})</translation>
        </message>
        <message>
            <source>{device} does not compute convolutions in {precision}.</source>
            <translation>{device} no calcula convoluciones en {precision}.</translation>
        </message>
        <message>
            <source>Set PRECISION to auto or {known}.</source>
            <translation>Ponga PRECISION en auto o {known}.</translation>
        </message>
        <message>
            <source>px</source>
            <translation>px</translation>
        </message>
        <message>
            <source>Memory ran out: going on with smaller windows.</source>
            <translation>Faltó memoria: se continúa con ventanas más pequeñas.</translation>
        </message>
        <message>
            <source>Values of {image} are unlike those in the training of {models}: {bands} (mean ± spread). The map may be wrong. Check the units, the order of the bands and how the image was processed.</source>
            <translation>Los valores de {image} no se parecen a los del entrenamiento de {models}: {bands} (media ± dispersión). Puede que el mapa esté mal. Compruebe las unidades, el orden de las bandas y cómo se procesó la imagen.</translation>
        </message>
        <message>
            <source>{band} is {mean:.4g} ± {std:.3g} here and was {trained_mean:.4g} ± {trained_std:.3g}</source>
            <translation>{band} es aquí {mean:.4g} ± {std:.3g} y era {trained_mean:.4g} ± {trained_std:.3g}</translation>
        </message>
        <message>
            <source>the model</source>
            <translation>este modelo</translation>
        </message>
        <message>
            <source>all models</source>
            <translation>todos los modelos</translation>
        </message>
        <message>
            <source>Resuming an earlier run: {count} windows of {output} are finished.</source>
            <translation>Se continúa una ejecución anterior: {count} ventanas de {output} están terminadas.</translation>
        </message>
        <message>
            <source>{path} could not be written, probably because the disk is full: {error}.</source>
            <translation>No se pudo escribir {path}, probablemente porque el disco está lleno: {error}.</translation>
        </message>
        <message>
            <source>Free some space, or write elsewhere.</source>
            <translation>Libere espacio o escriba en otro lugar.</translation>
        </message>
        <message>
            <source>{path}, which an earlier run has left, is damaged: {error}.</source>
            <translation>{path}, que dejó una ejecución anterior, está dañado: {error}.</translation>
        </message>
        <message>
            <source>Remove it and run again.</source>
            <translation>Elimínelo y ejecute de nuevo.</translation>
        </message>
        <message>
            <source>{path} belongs to a run with other settings, models, bands or grids, or of another version of the plugin. The map is started from the beginning.</source>
            <translation>{path} pertenece a una ejecución con otros ajustes, modelos, bandas o cuadrículas, o de otra versión del complemento. El mapa se empieza desde el principio.</translation>
        </message>
        <message>
            <source>{path} cannot be read. The map is started from the beginning.</source>
            <translation>No se puede leer {path}. El mapa se empieza desde el principio.</translation>
        </message>
        <message>
            <source>no CUDA device was found, because {reason}</source>
            <translation>no se encontró ningún dispositivo CUDA, porque {reason}</translation>
        </message>
        <message>
            <source>the NVIDIA driver offers no device to this PyTorch (CUDA {version}); the driver may be too old or the GPU hidden</source>
            <translation>el controlador de NVIDIA no ofrece ningún dispositivo a este PyTorch (CUDA {version}); puede que el controlador sea demasiado antiguo o que la GPU esté oculta</translation>
        </message>
        <message>
            <source>No CUDA device was found, because {reason}.</source>
            <translation>No se encontró ningún dispositivo CUDA, porque {reason}.</translation>
        </message>
        <message>
            <source>Set the device to auto or cpu.</source>
            <translation>Ponga el dispositivo en auto o cpu.</translation>
        </message>
        <message>
            <source>This PyTorch finds no Apple GPU (Metal).</source>
            <translation>Este PyTorch no encuentra ninguna GPU de Apple (Metal).</translation>
        </message>
        <message>
            <source>CPU ({threads} threads)</source>
            <translation>CPU ({threads} hilos)</translation>
        </message>
        <message>
            <source>CPU (1 thread)</source>
            <translation>CPU (1 hilo)</translation>
        </message>
        <message>
            <source>the CPU was asked for</source>
            <translation>se pidió la CPU</translation>
        </message>
        <message>
            <source>the CUDA device does not work: {fault}</source>
            <translation>el dispositivo CUDA no funciona: {fault}</translation>
        </message>
        <message>
            <source>this PyTorch ({version}) was built without CUDA</source>
            <translation>este PyTorch ({version}) se compiló sin CUDA</translation>
        </message>
        <message>
            <source>no NVIDIA driver is installed</source>
            <translation>no hay ningún controlador de NVIDIA instalado</translation>
        </message>
        <message>
            <source>The CUDA device does not work: {fault}.</source>
            <translation>El dispositivo CUDA no funciona: {fault}.</translation>
        </message>
        <message>
            <source>Install a PyTorch that was built for this GPU, or set the device to auto or cpu.</source>
            <translation>Instale un PyTorch compilado para esta GPU, o ponga el dispositivo en auto o cpu.</translation>
        </message>
        <message>
            <source>Metal is available</source>
            <translation>Metal está disponible</translation>
        </message>
        <message>
            <source>Metal was asked for</source>
            <translation>se pidió Metal</translation>
        </message>
        <message>
            <source>{name} (compute capability {capability}) with PyTorch {version} (built for {built}): {error}</source>
            <translation>{name} (capacidad de cómputo {capability}) con PyTorch {version} (compilado para {built}): {error}</translation>
        </message>
        <message>
            <source>a CUDA device was found</source>
            <translation>se encontró un dispositivo CUDA</translation>
        </message>
        <message>
            <source>CUDA was asked for</source>
            <translation>se pidió CUDA</translation>
        </message>
        <message>
            <source>no GPU</source>
            <translation>ninguna GPU</translation>
        </message>
        <message>
            <source>The training windows hold no valid pixel.</source>
            <translation>Las ventanas de entrenamiento no contienen ningún píxel válido.</translation>
        </message>
        <message>
            <source>Check the image's nodata value and mask.</source>
            <translation>Compruebe el valor sin datos y la máscara de la imagen.</translation>
        </message>
        <message>
            <source>Every band of the training windows has the same value everywhere ({values}).</source>
            <translation>Cada banda de las ventanas de entrenamiento tiene el mismo valor en todas partes ({values}).</translation>
        </message>
        <message>
            <source>Check that it is the right raster and that it is complete.</source>
            <translation>Compruebe que es el ráster correcto y que está completo.</translation>
        </message>
        <message>
            <source>The class map {map} and the reference {reference} have no labelled pixel in common.</source>
            <translation>El mapa de clases {map} y la referencia {reference} no tienen ningún píxel etiquetado en común.</translation>
        </message>
        <message>
            <source>All {px:,} labelled pixels lie where the map has no class.</source>
            <translation>Los {px:,} píxeles etiquetados están donde el mapa no tiene ninguna clase.</translation>
        </message>
        <message>
            <source>Choose a reference that lies on the map, and check the CRS of the reference and of the map.</source>
            <translation>Elija una referencia que esté sobre el mapa y compruebe el SRC de la referencia y del mapa.</translation>
        </message>
        <message>
            <source>No class of the reference ({found}) is a class of the map ({classes}).</source>
            <translation>Ninguna clase de la referencia ({found}) es una clase del mapa ({classes}).</translation>
        </message>
        <message>
            <source>Choose the field that holds the map's class codes or names.</source>
            <translation>Elija el campo que contiene los códigos o los nombres de las clases del mapa.</translation>
        </message>
        <message>
            <source>Classes compared: {classes}.</source>
            <translation>Clases comparadas: {classes}.</translation>
        </message>
        <message>
            <source>The map holds values that its legend does not name ({values}); their pixels are left out.</source>
            <translation>El mapa contiene valores que su leyenda no nombra ({values}); sus píxeles se omiten.</translation>
        </message>
        <message>
            <source>All pixels compared have another class within {px} px: there are no figures without borders.</source>
            <translation>Todos los píxeles comparados tienen otra clase a menos de {px} px: no hay cifras sin los límites.</translation>
        </message>
        <message>
            <source>No pixel that was compared has probabilities: there are no figures of them.</source>
            <translation>Ningún píxel comparado tiene probabilidades: no hay cifras de ellas.</translation>
        </message>
        <message>
            <source>Nothing was compared in the region(s) {regions}: they have no figures.</source>
            <translation>No se comparó nada en estas regiones: {regions}. No tienen cifras.</translation>
        </message>
        <message>
            <source>Only the reference has {classes}: its {px:,} pixels count as errors.</source>
            <translation>Solo la referencia tiene {classes}: esos {px:,} píxeles cuentan como errores.</translation>
        </message>
        <message>
            <source>Only the map has {classes} where they were compared; the means leave them out.</source>
            <translation>Donde se comparó, solo el mapa tiene {classes}; las medias omiten estas clases.</translation>
        </message>
        <message>
            <source>A value of the probabilities is outside 0 to 100 % and is not nodata.</source>
            <translation>Un valor de las probabilidades está fuera de 0 a 100 % y no es el valor sin datos.</translation>
        </message>
        <message>
            <source>Choose the probabilities that Classify raster wrote: percentages as 8-bit integers, or numbers from 0 to 1.</source>
            <translation>Elija las probabilidades que escribió «Clasificar ráster»: porcentajes como enteros de 8 bits, o números de 0 a 1.</translation>
        </message>
        <message>
            <source>px of errors written</source>
            <translation>px del mapa de errores escritos</translation>
        </message>
        <message>
            <source>Choose a class map: a raster with one band of whole numbers, as Classify raster writes it.</source>
            <translation>Elija un mapa de clases: un ráster con una banda de números enteros, como el que escribe «Clasificar ráster».</translation>
        </message>
        <message>
            <source>Choose the probabilities that Classify raster wrote together with this map.</source>
            <translation>Elija las probabilidades que «Clasificar ráster» escribió junto con este mapa.</translation>
        </message>
        <message>
            <source>{path} has {bands} bands; a class map has one.</source>
            <translation>{path} tiene {bands} bandas; un mapa de clases tiene una.</translation>
        </message>
        <message>
            <source>{path} holds {dtype} values; classes are whole numbers.</source>
            <translation>{path} contiene valores de tipo {dtype}; las clases son números enteros.</translation>
        </message>
        <message>
            <source>{path} holds no class at all.</source>
            <translation>{path} no contiene ninguna clase.</translation>
        </message>
        <message>
            <source>{path} has {bands} band(s), but {map} has {classes} class(es).</source>
            <translation>{path} tiene {bands} banda(s), pero {map} tiene {classes} clase(s).</translation>
        </message>
        <message>
            <source>The bands of {path} are {bands}, not {classes}.</source>
            <translation>Las bandas de {path} son {bands}, no {classes}.</translation>
        </message>
        <message>
            <source>{path} holds {dtype}; probabilities are percentages as 8-bit integers, or numbers from 0 to 1.</source>
            <translation>{path} contiene valores de tipo {dtype}; las probabilidades son porcentajes como enteros de 8 bits, o números de 0 a 1.</translation>
        </message>
        <message>
            <source>{path} is not on the grid of {map} ({width} × {height} px and {map_width} × {map_height} px).</source>
            <translation>{path} no está en la cuadrícula de {map} ({width} × {height} px y {map_width} × {map_height} px).</translation>
        </message>
        <message>
            <source>px counted</source>
            <translation>px contados</translation>
        </message>
        <message>
            <source>windows searched</source>
            <translation>ventanas exploradas</translation>
        </message>
        <message>
            <source>The output {path} is a folder.</source>
            <translation>La salida {path} es una carpeta.</translation>
        </message>
        <message>
            <source>Give the name of a file.</source>
            <translation>Indique el nombre de un archivo.</translation>
        </message>
        <message>
            <source>The output folder {folder} does not exist.</source>
            <translation>La carpeta de salida {folder} no existe.</translation>
        </message>
        <message>
            <source>Create it, or choose another one.</source>
            <translation>Créela o elija otra.</translation>
        </message>
        <message>
            <source>The output {path} cannot be written: {reason}.</source>
            <translation>No se puede escribir la salida {path}: {reason}.</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>Elija otro nombre.</translation>
        </message>
        <message>
            <source>Choose a folder you may write to.</source>
            <translation>Elija una carpeta en la que pueda escribir.</translation>
        </message>
        <message>
            <source>its path is too long</source>
            <translation>su ruta es demasiado larga</translation>
        </message>
        <message>
            <source>Choose a shorter one: files of the run beside it have names of up to {letters} letters.</source>
            <translation>Elija una más corta: los archivos de la ejecución que van junto a ella tienen nombres de hasta {letters} letras.</translation>
        </message>
        <message>
            <source>Choose another folder: Windows may keep programs from writing to this one (controlled folder access).</source>
            <translation>Elija otra carpeta: puede que Windows impida a los programas escribir en esta (acceso controlado a carpetas).</translation>
        </message>
        <message>
            <source>{path} could not be written: {reason}.</source>
            <translation>No se pudo escribir {path}: {reason}.</translation>
        </message>
        <message>
            <source>Check that the folder exists and that you may write to it.</source>
            <translation>Compruebe que la carpeta existe y que puede escribir en ella.</translation>
        </message>
        <message>
            <source>The path {path} has characters that are not valid UTF-8.</source>
            <translation>La ruta {path} contiene caracteres que no son UTF-8 válido.</translation>
        </message>
        <message>
            <source>Rename the file or folder.</source>
            <translation>Cambie el nombre del archivo o de la carpeta.</translation>
        </message>
        <message>
            <source>{file} is also an input, or belongs to another output.</source>
            <translation>{file} es también una entrada o pertenece a otra salida.</translation>
        </message>
        <message>
            <source>The disk is full: {path} could not be written.</source>
            <translation>El disco está lleno: no se pudo escribir {path}.</translation>
        </message>
        <message>
            <source>The output {output}</source>
            <translation>La salida {output}</translation>
        </message>
        <message>
            <source>{file}, which the output {output} needs,</source>
            <translation>{file}, que la salida {output} necesita,</translation>
        </message>
        <message>
            <source>Fetching {url} into {folder}.</source>
            <translation>Descargando {url} a {folder}.</translation>
        </message>
        <message>
            <source>{name} was fetched before: {path}.</source>
            <translation>{name} ya se había descargado: {path}.</translation>
        </message>
        <message>
            <source>The file from {url} is not the published file: its SHA-256 begins with {found}, not with {expected}.</source>
            <translation>El archivo de {url} no es el publicado: su SHA-256 empieza por {found}, no por {expected}.</translation>
        </message>
        <message>
            <source>Try again, or download the file by hand and give its path as INITIAL.</source>
            <translation>Inténtelo de nuevo, o descargue usted el archivo e indique su ruta en INITIAL.</translation>
        </message>
        <message>
            <source>{url} could not be fetched: {reason}.</source>
            <translation>No se pudo descargar {url}: {reason}.</translation>
        </message>
        <message>
            <source>Check the network, or download the file by hand and give its path as INITIAL.</source>
            <translation>Compruebe la conexión, o descargue usted el archivo e indique su ruta en INITIAL.</translation>
        </message>
        <message>
            <source>MB</source>
            <translation>MB</translation>
        </message>
        <message>
            <source>Files in {folder} cannot be locked, so two runs could write {output} at once: perhaps it is a network drive.</source>
            <translation>Los archivos de {folder} no se pueden bloquear, así que dos ejecuciones podrían escribir {output} a la vez. Quizá sea una unidad de red.</translation>
        </message>
        <message>
            <source>Write to a folder of this computer, and copy the result.</source>
            <translation>Escriba en una carpeta de este equipo y copie el resultado.</translation>
        </message>
        <message>
            <source>Another run is writing {output}.</source>
            <translation>Otra ejecución está escribiendo {output}.</translation>
        </message>
        <message>
            <source>Wait until it has ended, or write elsewhere.</source>
            <translation>Espere a que termine o escriba en otro lugar.</translation>
        </message>
        <message>
            <source>{path} is needed for the lock of the output but cannot be used: {error}.</source>
            <translation>{path} hace falta para el bloqueo de la salida, pero no se puede usar: {error}.</translation>
        </message>
        <message>
            <source>Move it, or choose another output.</source>
            <translation>Muévalo o elija otra salida.</translation>
        </message>
        <message>
            <source>Set a smaller TILE_PX, PATCH_PX or BATCH, a narrower network, or the device to cpu.</source>
            <translation>Reduzca TILE_PX, PATCH_PX o BATCH, use una red más estrecha, o ponga el dispositivo en cpu.</translation>
        </message>
        <message>
            <source>Memory ran out: {reason}.</source>
            <translation>Faltó memoria: {reason}.</translation>
        </message>
        <message>
            <source>Memory ran out.</source>
            <translation>Faltó memoria.</translation>
        </message>
        <message>
            <source>Please report it with this message and the log.</source>
            <translation>Informe de ello, por favor, con este mensaje y el registro.</translation>
        </message>
        <message>
            <source>Every part of the engine works.</source>
            <translation>Todas las partes del motor funcionan.</translation>
        </message>
        <message>
            <source>{device}: {reason}</source>
            <translation>{device}: {reason}</translation>
        </message>
        <message>
            <source>The engine fails to {part}. {error} ({versions})</source>
            <translation>El motor falla al {part}. {error} ({versions})</translation>
        </message>
        <message>
            <source>Set the device to cpu: if the check passes there, it is the GPU or its driver.</source>
            <translation>Ponga el dispositivo en cpu: si ahí la comprobación sale bien, el problema es de la GPU o de su controlador.</translation>
        </message>
        <message>
            <source>only {pixels} of {all} pixels are classified</source>
            <translation>solo {pixels} de {all} píxeles están clasificados</translation>
        </message>
        <message>
            <source>It gives wrong results: {wrong}.</source>
            <translation>El resultado es incorrecto: {wrong}.</translation>
        </message>
        <message>
            <source>load the libraries</source>
            <translation>cargar las bibliotecas</translation>
        </message>
        <message>
            <source>look up coordinate reference systems</source>
            <translation>consultar sistemas de referencia de coordenadas</translation>
        </message>
        <message>
            <source>write a raster</source>
            <translation>escribir un ráster</translation>
        </message>
        <message>
            <source>close a raster</source>
            <translation>cerrar un ráster</translation>
        </message>
        <message>
            <source>read a raster</source>
            <translation>leer un ráster</translation>
        </message>
        <message>
            <source>write a class map</source>
            <translation>escribir un mapa de clases</translation>
        </message>
        <message>
            <source>write a cloud-optimised GeoTIFF</source>
            <translation>escribir un GeoTIFF optimizado para la nube</translation>
        </message>
        <message>
            <source>warp a raster</source>
            <translation>reproyectar un ráster</translation>
        </message>
        <message>
            <source>turn a map into polygons</source>
            <translation>convertir un mapa en polígonos</translation>
        </message>
        <message>
            <source>turn polygons into labels</source>
            <translation>convertir polígonos en etiquetas</translation>
        </message>
        <message>
            <source>train two steps</source>
            <translation>entrenar dos pasos</translation>
        </message>
        <message>
            <source>classify</source>
            <translation>clasificar</translation>
        </message>
        <message>
            <source>evaluate</source>
            <translation>evaluar</translation>
        </message>
        <message>
            <source>parts</source>
            <translation>partes</translation>
        </message>
        <message>
            <source>the pixels that were read differ from those that were written</source>
            <translation>los píxeles leídos no coinciden con los escritos</translation>
        </message>
        <message>
            <source>the classes that were read differ from those that were written</source>
            <translation>las clases leídas no coinciden con las escritas</translation>
        </message>
        <message>
            <source>a raster that is 9 everywhere has other values when warped</source>
            <translation>un ráster que es 9 en todas partes tiene otros valores al reproyectarlo</translation>
        </message>
        <message>
            <source>four patches make {count} polygons</source>
            <translation>de cuatro manchas resultan {count} polígonos</translation>
        </message>
        <message>
            <source>the polygons of a map do not give that map</source>
            <translation>los polígonos de un mapa no dan ese mapa</translation>
        </message>
        <message>
            <source>the overall accuracy is {accuracy}</source>
            <translation>la exactitud global es {accuracy}</translation>
        </message>
        <message>
            <source>{part}: {seconds:.2f} s</source>
            <translation>{part}: {seconds:.2f} s</translation>
        </message>
        <message>
            <source>Checking: {part}.</source>
            <translation>Comprobando: {part}.</translation>
        </message>
        <message>
            <source>{path} knows the classes {classes}; {first_path} knows {first_classes}.</source>
            <translation>{path} conoce las clases {classes}; {first_path} conoce {first_classes}.</translation>
        </message>
        <message>
            <source>Choose models of the same classes, trained on the same legend.</source>
            <translation>Elija modelos con las mismas clases, entrenados con la misma leyenda.</translation>
        </message>
        <message>
            <source>{count} of at most {width} × {height} px</source>
            <translation>{count} de {width} × {height} px como máximo</translation>
        </message>
        <message>
            <source>the model was trained on</source>
            <translation>el modelo se entrenó con</translation>
        </message>
        <message>
            <source>{image} has no coordinate reference system, so its pixel size cannot be compared with that of the training. It is classified as if both pixel sizes were the same.</source>
            <translation>{image} no tiene sistema de referencia de coordenadas, así que su tamaño de píxel no se puede comparar con el del entrenamiento. Se clasifica como si los dos tamaños fueran iguales.</translation>
        </message>
        <message>
            <source>The images that {model} was trained on have no coordinate reference system, so their pixel size cannot be compared with the raster's. It is classified as if both pixel sizes were the same.</source>
            <translation>Las imágenes con las que se entrenó {model} no tienen sistema de referencia de coordenadas, así que su tamaño de píxel no se puede comparar con el del ráster. Se clasifica como si los dos tamaños fueran iguales.</translation>
        </message>
        <message>
            <source>The pixels of {image} are so much smaller than those that {model} was trained on that one window would hold too many of them.</source>
            <translation>Los píxeles de {image} son tanto menores que aquellos con los que se entrenó {model} que una sola ventana contendría demasiados.</translation>
        </message>
        <message>
            <source>Resample the raster to the pixel size of the training, or set RESOLUTION to as_raster.</source>
            <translation>Remuestree el ráster al tamaño de píxel del entrenamiento, o ponga RESOLUTION en as_raster.</translation>
        </message>
        <message>
            <source>Computes in {precision}, as all small rasters with this model on this computer: a test for each of them would take longer than it saves.</source>
            <translation>Se calcula en {precision}, como todos los rásteres pequeños con este modelo en este equipo: una prueba para cada uno tardaría más de lo que ahorra.</translation>
        </message>
        <message>
            <source>Pixels of {image} are {x:.3g} × {y:.3g} m, in training they were {trained_x:.3g} × {trained_y:.3g} m: the objects that the model has learnt cannot be seen at this pixel size.</source>
            <translation>Los píxeles de {image} miden {x:.3g} × {y:.3g} m; en el entrenamiento medían {trained_x:.3g} × {trained_y:.3g} m: con este tamaño de píxel no se ven los objetos que el modelo ha aprendido.</translation>
        </message>
        <message>
            <source>Choose a model for such images, or set RESOLUTION to as_raster.</source>
            <translation>Elija un modelo para imágenes así, o ponga RESOLUTION en as_raster.</translation>
        </message>
        <message>
            <source>Pixels are {x:.3g} × {y:.3g} m, in training they were {trained_x:.3g} × {trained_y:.3g} m. The raster is resampled to the pixel size of the training and classified, and the result is resampled back.</source>
            <translation>Los píxeles miden {x:.3g} × {y:.3g} m; en el entrenamiento medían {trained_x:.3g} × {trained_y:.3g} m. El ráster se remuestrea al tamaño de píxel del entrenamiento y se clasifica, y el resultado se remuestrea de vuelta.</translation>
        </message>
        <message>
            <source>The pixel size on the ground is unknown: the raster or the training images have no CRS.</source>
            <translation>Se desconoce el tamaño de píxel sobre el terreno: el ráster o las imágenes de entrenamiento no tienen SRC.</translation>
        </message>
        <message>
            <source>Assign the raster's CRS, or set RESOLUTION to as_raster.</source>
            <translation>Asigne su SRC al ráster, o ponga RESOLUTION en as_raster.</translation>
        </message>
        <message>
            <source>The raster's files may have changed. The finished windows are compared with what they hold now.</source>
            <translation>Puede que los archivos del ráster hayan cambiado. Las ventanas terminadas se comparan con lo que contienen ahora.</translation>
        </message>
        <message>
            <source>{unchanged} finished windows are unchanged, {changed} are computed again.</source>
            <translation>{unchanged} ventanas terminadas no han cambiado, {changed} se calculan de nuevo.</translation>
        </message>
        <message>
            <source>finished windows read again</source>
            <translation>ventanas terminadas releídas</translation>
        </message>
        <message>
            <source>What is finished of the map stays in {partial}; the next run continues from it.</source>
            <translation>Lo que está terminado del mapa queda en {partial}; la siguiente ejecución continúa desde ahí.</translation>
        </message>
        <message>
            <source>What an earlier run has left of {name} could not be removed: {error}.</source>
            <translation>No se pudo eliminar lo que una ejecución anterior dejó de {name}: {error}.</translation>
        </message>
        <message>
            <source>No pixel was classified: the raster has no data inside the area and extent of the map.</source>
            <translation>No se clasificó ningún píxel: el ráster no tiene datos dentro del área y de la extensión del mapa.</translation>
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
            <translation>{count} en total</translation>
        </message>
        <message>
            <source>If it holds values of the image, such as near infrared, untag it: gdal_edit.py {change} "{image}", or the tool Translate with the additional parameters {change}.</source>
            <translation>Si contiene valores de la imagen, como infrarrojo cercano, quítele la marca: gdal_edit.py {change} "{image}", o la herramienta «Traducir» con los parámetros adicionales de línea de órdenes {change}.</translation>
        </message>
        <message>
            <source>The bands of {image} are {bands}; {by} {expected}.</source>
            <translation>Las bandas de {image} son {bands}; {by} {expected}.</translation>
        </message>
        <message>
            <source>Reorder the bands, for example with the tool Rearrange bands.</source>
            <translation>Cambie el orden de las bandas, por ejemplo con la herramienta «Reorganizar bandas».</translation>
        </message>
        <message>
            <source>{held}; {needed}.</source>
            <translation>{held}; {needed}.</translation>
        </message>
        <message>
            <source>Choose rasters with the same bands, or train a model on this one's.</source>
            <translation>Elija rásteres con las mismas bandas, o entrene un modelo con las de este.</translation>
        </message>
        <message>
            <source>band {number} of {image} is tagged alpha and so taken as a mask</source>
            <translation>la banda {number} de {image} está marcada como alfa y por eso se toma como máscara</translation>
        </message>
        <message>
            <source>{image} has 1 band</source>
            <translation>{image} tiene 1 banda</translation>
        </message>
        <message>
            <source>{image} has {count} bands</source>
            <translation>{image} tiene {count} bandas</translation>
        </message>
        <message>
            <source>{image} adds {count}</source>
            <translation>{image} añade {count}</translation>
        </message>
        <message>
            <source>Band {number} of {image} is tagged alpha: it is taken as a mask and teaches nothing.</source>
            <translation>La banda {number} de {image} está marcada como alfa: se toma como máscara y no enseña nada.</translation>
        </message>
        <message>
            <source>{image} holds {dtype}, {by} {expected}: check that values mean the same.</source>
            <translation>{image} contiene {dtype}, {by} {expected}: compruebe que los valores significan lo mismo.</translation>
        </message>
        <message>
            <source>Pixels of {image} are {x:.3g} × {y:.3g} m, {by} {expected_x:.3g} × {expected_y:.3g} m: resample it for a better map.</source>
            <translation>Los píxeles de {image} miden {x:.3g} × {y:.3g} m, {by} {expected_x:.3g} × {expected_y:.3g} m: remuestree el ráster para obtener un mapa mejor.</translation>
        </message>
        <message>
            <source>Both a model and a network are named.</source>
            <translation>Se indicaron a la vez un modelo y una red.</translation>
        </message>
        <message>
            <source>Neither a model nor a network is named.</source>
            <translation>No se indicó ni un modelo ni una red.</translation>
        </message>
        <message>
            <source>Give MODEL to describe a file, or NETWORK to describe a network.</source>
            <translation>Indique MODEL para describir un archivo, o NETWORK para describir una red.</translation>
        </message>
        <message>
            <source>A {kind} job cannot be estimated.</source>
            <translation>Un trabajo de tipo {kind} no se puede estimar.</translation>
        </message>
        <message>
            <source>Estimate a train or a classify job.</source>
            <translation>Estime un trabajo de tipo train o classify.</translation>
        </message>
        <message>
            <source>counting pixels needs no GPU</source>
            <translation>contar píxeles no requiere una GPU</translation>
        </message>
        <message>
            <source>Figures are of the points alone, not of the whole map. {reason}</source>
            <translation>Las cifras son solo de los puntos, no de todo el mapa. {reason}</translation>
        </message>
        <message>
            <source>Tiles of {side_px} px, overlapping by {overlap} %.</source>
            <translation>Teselas de {side_px} px, que se solapan un {overlap} %.</translation>
        </message>
        <message>
            <source>file</source>
            <translation>archivo</translation>
        </message>
        <message>
            <source>On a tile of random values, ONNX Runtime gives the same result as the network. The file has {size:,.1f} MB.</source>
            <translation>En una tesela de valores al azar, ONNX Runtime da el mismo resultado que la red. El archivo tiene {size:,.1f} MB.</translation>
        </message>
        <message>
            <source>The file counts classes from 0. Their values in maps of Classify raster are in brackets: {classes}.</source>
            <translation>El archivo cuenta las clases desde 0. Sus valores en los mapas de «Clasificar ráster» están entre paréntesis: {classes}.</translation>
        </message>
        <message>
            <source>The model's pixel size is unknown: set the resolution by hand where the file is used.</source>
            <translation>Se desconoce el tamaño de píxel del modelo: ponga la resolución a mano donde se use el archivo.</translation>
        </message>
        <message>
            <source>Choose another class map, or an area that it covers.</source>
            <translation>Elija otro mapa de clases, o una zona que este cubra.</translation>
        </message>
        <message>
            <source>No pixel of {path} has a class.</source>
            <translation>Ningún píxel de {path} tiene clase.</translation>
        </message>
        <message>
            <source>If {accuracy:.0%} of the pixels of each class are correct, overall accuracy will have a standard error of {error:.4f}.</source>
            <translation>Si el {accuracy:.0%} de los píxeles de cada clase es correcto, la exactitud global tendrá un error estándar de {error:.4f}.</translation>
        </message>
        <message>
            <source>No pixel of {path} within {area} has a class.</source>
            <translation>Ningún píxel de {path} dentro de {area} tiene clase.</translation>
        </message>
        <message>
            <source>{points} points are too few for {classes} classes with {fewest} points each.</source>
            <translation>{points} puntos son pocos para {classes} clases con {fewest} puntos cada una.</translation>
        </message>
        <message>
            <source>Ask for {needed} points or more, or {lower}.</source>
            <translation>Pida {needed} puntos o más, o {lower}.</translation>
        </message>
        <message>
            <source>no pixels, so no points are drawn</source>
            <translation>ningún píxel, así que no se extraen puntos</translation>
        </message>
        <message>
            <source>{points} points in all. {expected}</source>
            <translation>{points} puntos en total. {expected}</translation>
        </message>
        <message>
            <source>drawing points needs no GPU</source>
            <translation>tomar puntos no requiere una GPU</translation>
        </message>
        <message>
            <source>lower FEWEST to {most}</source>
            <translation>baje FEWEST a {most}</translation>
        </message>
        <message>
            <source>join classes</source>
            <translation>combine clases</translation>
        </message>
        <message>
            <source>{px:,} px ({share:.2%}), {points} points</source>
            <translation>{px:,} px ({share:.2%}), {points} puntos</translation>
        </message>
        <message>
            <source>{value} {name}: {drawn}.</source>
            <translation>{value} {name}: {drawn}.</translation>
        </message>
        <message>
            <source>{px:,} px hold values that the map's legend does not name; no point is drawn there.</source>
            <translation>{px:,} px contienen valores que la leyenda del mapa no nombra; ahí no se toma ningún punto.</translation>
        </message>
        <message>
            <source>Some pixels cover {percent:.0f} % more ground than others; points stand for pixels, not for ground. Reproject the map to an equal-area projection for figures of ground.</source>
            <translation>Algunos píxeles cubren un {percent:.0f} % más de terreno que otros; los puntos representan píxeles, no terreno. Reproyecte el mapa a una proyección equivalente para obtener cifras del terreno.</translation>
        </message>
        <message>
            <source>{path} has no coordinate reference system: set it first, or the points cannot be evaluated.</source>
            <translation>{path} no tiene sistema de referencia de coordenadas: defínalo antes; si no, los puntos no se podrán evaluar.</translation>
        </message>
        <message>
            <source>a multiple of {multiple}</source>
            <translation>un múltiplo de {multiple}</translation>
        </message>
        <message>
            <source>PATCH_PX is {asked}; {network} needs {sizes}.</source>
            <translation>PATCH_PX es {asked}; {network} necesita {sizes}.</translation>
        </message>
        <message>
            <source>Set {patch_px}, for example.</source>
            <translation>Ponga {patch_px}, por ejemplo.</translation>
        </message>
        <message>
            <source>With PATCH_PX {patch_px} and BATCH 1, {network} has too few values for its batch norm.</source>
            <translation>Con PATCH_PX {patch_px} y BATCH 1, {network} tiene muy pocos valores para su normalización por lotes.</translation>
        </message>
        <message>
            <source>Set a larger BATCH, or a larger PATCH_PX where the labels have room for it.</source>
            <translation>Aumente BATCH, o PATCH_PX si las etiquetas dejan sitio para ello.</translation>
        </message>
        <message>
            <source>a multiple of {multiple} plus {rest}</source>
            <translation>un múltiplo de {multiple} más {rest}</translation>
        </message>
        <message>
            <source>The class {name!r} {where}.</source>
            <translation>La clase {name!r} {where}.</translation>
        </message>
        <message>
            <source>Label the class in other places too, or remove it.</source>
            <translation>Etiquete la clase también en otros lugares, o elimínela.</translation>
        </message>
        <message>
            <source>Class {value} {name}: {training:,} px ({training_share:.1%}) for training, {validation:,} px ({validation_share:.1%}) for validation{features}.</source>
            <translation>Clase {value} {name}: {training:,} px ({training_share:.1%}) para entrenamiento, {validation:,} px ({validation_share:.1%}) para validación{features}.</translation>
        </message>
        <message>
            <source>has labels in the validation area only</source>
            <translation>solo tiene etiquetas en la zona de validación</translation>
        </message>
        <message>
            <source>has no labelled pixel on valid image data</source>
            <translation>no tiene ningún píxel etiquetado sobre datos de imagen válidos</translation>
        </message>
        <message>
            <source>{name!r} has only {training:,} px to learn from, so expect many errors. Label more of it.</source>
            <translation>{name!r} solo tiene {training:,} px de los que aprender; espere muchos errores. Etiquete más de esa clase.</translation>
        </message>
        <message>
            <source>No validation pixel of {name!r}: its accuracy stays unknown. Label it in more places.</source>
            <translation>Ningún píxel de validación de {name!r}: su exactitud queda sin conocer. Etiquete esa clase en más lugares.</translation>
        </message>
        <message>
            <source>{name!r} has only {validation:,} validation px: its accuracy is uncertain. Label it in more places.</source>
            <translation>{name!r} solo tiene {validation:,} px de validación: su exactitud es incierta. Etiquete esa clase en más lugares.</translation>
        </message>
        <message>
            <source>, from {count:,} polygons or other features</source>
            <translation>, de {count:,} polígonos u otros objetos espaciales</translation>
        </message>
        <message>
            <source>{image} has</source>
            <translation>{image} tiene</translation>
        </message>
        <message>
            <source>In {bands}, all training pixels have one value: nothing is learnt from it.</source>
            <translation>En {bands}, todos los píxeles de entrenamiento tienen el mismo valor: de ahí no se aprende nada.</translation>
        </message>
        <message>
            <source>windows measured</source>
            <translation>ventanas medidas</translation>
        </message>
        <message>
            <source>band {number}</source>
            <translation>banda {number}</translation>
        </message>
        <message>
            <source>{title} ({network}) has no published settings: it is our own variant.</source>
            <translation>{title} ({network}) no tiene ajustes publicados: es una variante nuestra.</translation>
        </message>
        <message>
            <source>Set SCHEDULE to recommended, or choose a network of a paper.</source>
            <translation>Ponga SCHEDULE en recommended, o elija una red de un artículo.</translation>
        </message>
        <message>
            <source>The labels hold only one class, {name!r}; there is nothing to tell apart.</source>
            <translation>Las etiquetas contienen una sola clase, {name!r}; no hay nada que distinguir.</translation>
        </message>
        <message>
            <source>Give labels of a second class, or set UNLABELLED to background.</source>
            <translation>Indique etiquetas de una segunda clase, o ponga UNLABELLED en background.</translation>
        </message>
        <message>
            <source>No label raster has a name like that of {image}. The images have no coordinates, so labels are matched to them by name.</source>
            <translation>Ningún ráster de etiquetas tiene un nombre como el de {image}. Las imágenes no tienen coordenadas, así que las etiquetas se les asignan por el nombre.</translation>
        </message>
        <message>
            <source>Give each label raster the name of its image, or georeference both.</source>
            <translation>Dé a cada ráster de etiquetas el nombre de su imagen, o georreferencie ambos.</translation>
        </message>
        <message>
            <source>{image} is matched with {labels}, by their names.</source>
            <translation>{image} se empareja, según los nombres, con {labels}.</translation>
        </message>
        <message>
            <source>{image}: {text}</source>
            <translation>{image}: {text}</translation>
        </message>
        <message>
            <source>recommended</source>
            <translation>recomendados</translation>
        </message>
        <message>
            <source>as published</source>
            <translation>como se publicaron</translation>
        </message>
        <message>
            <source>Settings, {schedule}: {recipe}.</source>
            <translation>Ajustes ({schedule}): {recipe}.</translation>
        </message>
        <message>
            <source>The best model so far (epoch {epoch}, mean F1 {mean_f1:.3f} in validation) is {path}. If you start the same training again, it continues from there.</source>
            <translation>El mejor modelo hasta ahora (época {epoch}, F1 medio {mean_f1:.3f} en validación) es {path}. Si inicia otra vez el mismo entrenamiento, continúa desde ahí.</translation>
        </message>
        <message>
            <source>The GPU failed: {reason}.</source>
            <translation>La GPU falló: {reason}.</translation>
        </message>
        <message>
            <source>Check it with the tool Check the engine.</source>
            <translation>Compruébela con la herramienta «Comprobar el motor».</translation>
        </message>
        <message>
            <source>No pixel of the image lies within {limits}.</source>
            <translation>Ningún píxel de la imagen está dentro de {limits}.</translation>
        </message>
        <message>
            <source>Choose a part of the image, or all of it.</source>
            <translation>Elija una parte de la imagen o toda ella.</translation>
        </message>
        <message>
            <source>{area} and the extent {extent}</source>
            <translation>{area} y de la extensión {extent}</translation>
        </message>
        <message>
            <source>{holder} has {count} different classes or more. At most {most} classes are possible, because they are stored in 8 bits; their codes may be any from 0 to {highest}.</source>
            <translation>{holder} tiene {count} clases distintas o más. Se admiten {most} clases como máximo, porque se guardan en 8 bits; sus códigos pueden ser cualesquiera de 0 a {highest}.</translation>
        </message>
        <message>
            <source>Choose a field or raster that holds classes, or join classes.</source>
            <translation>Elija un campo o un ráster que contenga clases, o combine clases.</translation>
        </message>
        <message>
            <source>{reference} holds the class code {value}; codes from 0 to {highest} are possible.</source>
            <translation>{reference} contiene el código de clase {value}; se admiten códigos de 0 a {highest}.</translation>
        </message>
        <message>
            <source>Reclassify it.</source>
            <translation>Reclasifique la referencia.</translation>
        </message>
        <message>
            <source>{reference} together with the references before it</source>
            <translation>{reference}, junto con las referencias anteriores,</translation>
        </message>
        <message>
            <source>{other} calls the class {differing!r} {its_name!r}, {reference} calls {own!r} {name!r}.</source>
            <translation>En {other}, la clase {differing!r} se llama {its_name!r}; en {reference}, {own!r} se llama {name!r}.</translation>
        </message>
        <message>
            <source>Rename one of them with RENAMES ({own}={its_name} if both are the same class), or reclassify the reference.</source>
            <translation>Cambie el nombre de una en RENAMES (si ambas son la misma clase: {own}={its_name}), o reclasifique una referencia.</translation>
        </message>
        <message>
            <source>{name} holds the colours of the ISPRS benchmark: its classes are named as there.</source>
            <translation>{name} contiene los colores del banco de pruebas de la ISPRS: sus clases se nombran como en él.</translation>
        </message>
        <message>
            <source>{name} has more than {most} colours: it is a picture, not classes. At most {most} classes are possible, because they are stored in 8 bits.</source>
            <translation>{name} tiene más de {most} colores: es una imagen, no un ráster de clases. Se admiten {most} clases como máximo, porque se guardan en 8 bits.</translation>
        </message>
        <message>
            <source>Give class codes in one band, or one plain colour for each class (no JPEG, no smoothed borders).</source>
            <translation>Indique códigos de clase en una banda, o un color uniforme para cada clase (sin JPEG ni límites suavizados).</translation>
        </message>
        <message>
            <source>EXTENT is {text!r}.</source>
            <translation>EXTENT es {text!r}.</translation>
        </message>
        <message>
            <source>Give EXTENT as xmin,ymin,xmax,ymax: four numbers, each minimum smaller than its maximum.</source>
            <translation>Indique EXTENT como xmin,ymin,xmax,ymax: cuatro números, cada mínimo menor que su máximo.</translation>
        </message>
        <message>
            <source>EXTENT is {box}, but the image covers {image}: no pixel's centre lies in it.</source>
            <translation>EXTENT es {box}, pero la imagen cubre {image}: dentro no hay ningún centro de píxel.</translation>
        </message>
        <message>
            <source>Give an extent on the image, or name the coordinate reference system that it is in.</source>
            <translation>Indique una extensión sobre la imagen, o nombre el sistema de referencia de coordenadas en el que está.</translation>
        </message>
        <message>
            <source>EXTENT is in {named!r}, which is not a coordinate reference system: {error}.</source>
            <translation>EXTENT está en {named!r}, que no es un sistema de referencia de coordenadas: {error}.</translation>
        </message>
        <message>
            <source>Name it by its code, as in [EPSG:4326].</source>
            <translation>Nómbrelo por su código, como en [EPSG:4326].</translation>
        </message>
        <message>
            <source>The image reaches beyond what the coordinate reference system of EXTENT can describe.</source>
            <translation>La imagen va más allá de lo que el sistema de referencia de coordenadas de EXTENT puede describir.</translation>
        </message>
        <message>
            <source>Give EXTENT in the image's coordinate reference system.</source>
            <translation>Indique EXTENT en el sistema de referencia de coordenadas de la imagen.</translation>
        </message>
        <message>
            <source>{name} has {bands} bands; a label raster has one band of class codes, or three bands that give each class a colour.</source>
            <translation>{name} tiene {bands} bandas; un ráster de etiquetas tiene una banda con códigos de clase, o tres bandas que dan un color a cada clase.</translation>
        </message>
        <message>
            <source>Extract the class band.</source>
            <translation>Extraiga la banda de las clases.</translation>
        </message>
        <message>
            <source>{name} holds the value {value:g}; class codes are whole numbers.</source>
            <translation>{name} contiene el valor {value:g}; los códigos de clase son números enteros.</translation>
        </message>
        <message>
            <source>labels</source>
            <translation>etiquetas</translation>
        </message>
        <message>
            <source>Check that labelled features or pixels lie on the image and are at least a pixel in size.</source>
            <translation>Compruebe que hay objetos espaciales o píxeles etiquetados sobre la imagen y que miden al menos un píxel.</translation>
        </message>
        <message>
            <source>a vector layer or a raster</source>
            <translation>capa vectorial o ráster</translation>
        </message>
        <message>
            <source>On {px:,} px, {name} has other classes than the references before it. The classes of {name} are used there.</source>
            <translation>En {px:,} px, {name} tiene otras clases que las referencias anteriores. Ahí se usan las clases de {name}.</translation>
        </message>
        <message>
            <source>RENAMES has a new name for the class {old!r}, but the labels have no such class.</source>
            <translation>RENAMES tiene un nombre nuevo para la clase {old!r}, pero las etiquetas no tienen esa clase.</translation>
        </message>
        <message>
            <source>No pixel of the image inside {area} gets a class from {names}.</source>
            <translation>Dentro de {area}, ningún píxel de la imagen recibe una clase de {names}.</translation>
        </message>
        <message>
            <source>No pixel of the image gets a class from {names}.</source>
            <translation>Ningún píxel de la imagen recibe una clase de {names}.</translation>
        </message>
        <message>
            <source>{name}: features of different classes overlap on {px:,} px; the later feature is used.</source>
            <translation>{name}: objetos espaciales de distintas clases se solapan en {px:,} px; se usa el objeto posterior.</translation>
        </message>
        <message>
            <source>{own!r} is compared with {name!r}, the only class besides background. Check that both mean the same.</source>
            <translation>{own!r} se compara con {name!r}, la única clase además del fondo. Compruebe que ambas significan lo mismo.</translation>
        </message>
        <message>
            <source>{name} does not overlap the image and was left out.</source>
            <translation>{name} no se solapa con la imagen y se omitió.</translation>
        </message>
        <message>
            <source>{name} covers {own}, but the image covers {image}: they do not overlap.</source>
            <translation>{name} cubre {own}, pero la imagen cubre {image}: no se solapan.</translation>
        </message>
        <message>
            <source>Choose layers of this image's area, and check the coordinate reference systems of the layers and of the image.</source>
            <translation>Elija capas de la zona de esta imagen y compruebe los sistemas de referencia de coordenadas de las capas y de la imagen.</translation>
        </message>
        <message>
            <source>{name} covers {own}, but the image covers {image}: they do not overlap. The other references ({others}) do not overlap the image either.</source>
            <translation>{name} cubre {own}, pero la imagen cubre {image}: no se solapan. Las demás referencias ({others}) tampoco se solapan con la imagen.</translation>
        </message>
        <message>
            <source>a vector layer</source>
            <translation>capa vectorial</translation>
        </message>
        <message>
            <source>{name}: {n} feature(s) without a usable geometry were left out.</source>
            <translation>{name}: se omitieron {n} objeto(s) espacial(es) sin una geometría utilizable.</translation>
        </message>
        <message>
            <source>features</source>
            <translation>objetos espaciales</translation>
        </message>
        <message>
            <source>The features of {path} cannot be read: {error}.</source>
            <translation>No se pueden leer los objetos espaciales de {path}: {error}.</translation>
        </message>
        <message>
            <source>Make or copy the file again.</source>
            <translation>Cree o copie el archivo de nuevo.</translation>
        </message>
        <message>
            <source>{file} has no vector layers.</source>
            <translation>{file} no tiene capas vectoriales.</translation>
        </message>
        <message>
            <source>Choose a layer with labelled features.</source>
            <translation>Elija una capa con objetos espaciales etiquetados.</translation>
        </message>
        <message>
            <source>The layer {path} has the option {options!r}, which the engine does not support.</source>
            <translation>La capa {path} tiene la opción {options!r}, que el motor no admite.</translation>
        </message>
        <message>
            <source>Export the layer to a file.</source>
            <translation>Exporte la capa a un archivo.</translation>
        </message>
        <message>
            <source>{file} has no layer {wanted!r}.</source>
            <translation>{file} no tiene ninguna capa {wanted!r}.</translation>
        </message>
        <message>
            <source>Its layers: {names}.</source>
            <translation>Sus capas: {names}.</translation>
        </message>
        <message>
            <source>{path} has no field {field!r}.</source>
            <translation>{path} no tiene ningún campo {field!r}.</translation>
        </message>
        <message>
            <source>Its fields: {names}.</source>
            <translation>Sus campos: {names}.</translation>
        </message>
        <message>
            <source>The field {field} of {path} holds {kind} values.</source>
            <translation>El campo {field} de {path} contiene valores de tipo {kind}.</translation>
        </message>
        <message>
            <source>Choose a field of numbers or text.</source>
            <translation>Elija un campo de números o de texto.</translation>
        </message>
        <message>
            <source>{holder} is empty in all features.</source>
            <translation>{holder} está vacío en todos los objetos espaciales.</translation>
        </message>
        <message>
            <source>Choose another field.</source>
            <translation>Elija otro campo.</translation>
        </message>
        <message>
            <source>None of the {n} feature(s) of {path} has a geometry.</source>
            <translation>Ninguno de los {n} objeto(s) espacial(es) de {path} tiene geometría.</translation>
        </message>
        <message>
            <source>{path} has no features.</source>
            <translation>{path} no tiene objetos espaciales.</translation>
        </message>
        <message>
            <source>The field {field} of {path}</source>
            <translation>El campo {field} de {path}</translation>
        </message>
        <message>
            <source>{holder} holds {value:g}.</source>
            <translation>{holder} contiene {value:g}.</translation>
        </message>
        <message>
            <source>Choose a field of whole numbers or text.</source>
            <translation>Elija un campo de números enteros o de texto.</translation>
        </message>
        <message>
            <source>none</source>
            <translation>ninguno</translation>
        </message>
        <message>
            <source>Too few points lie where the map has {held}: figures of the whole map need {fewest} on each of its classes.</source>
            <translation>Hay muy pocos puntos donde el mapa tiene {held}: las cifras de todo el mapa necesitan {fewest} en cada una de sus clases.</translation>
        </message>
        <message>
            <source>Label more points there (Sample points for assessment draws some on every class), or join classes.</source>
            <translation>Etiquete más puntos allí («Muestrear puntos para la evaluación» toma algunos en cada clase), o combine clases.</translation>
        </message>
        <message>
            <source>{name} ({points} on {px:,} px)</source>
            <translation>{name} ({points} en {px:,} px)</translation>
        </message>
        <message>
            <source>class {number} of {count}</source>
            <translation>clase {number} de {count}</translation>
        </message>
        <message>
            <source>{path} is not a Raster Segmenter model ({reason}).</source>
            <translation>{path} no es un modelo de Raster Segmenter ({reason}).</translation>
        </message>
        <message>
            <source>Choose a .safetensors file made by Train segmenter.</source>
            <translation>Elija un archivo .safetensors hecho con «Entrenar segmentador».</translation>
        </message>
        <message>
            <source>There is no model file {path}.</source>
            <translation>No existe el archivo de modelo {path}.</translation>
        </message>
        <message>
            <source>The model {path} has {classes} classes; at most {most} are possible.</source>
            <translation>El modelo {path} tiene {classes} clases; se admiten {most} como máximo.</translation>
        </message>
        <message>
            <source>Choose a model of fewer classes.</source>
            <translation>Elija un modelo con menos clases.</translation>
        </message>
        <message>
            <source>it has no model card</source>
            <translation>no tiene ficha de modelo</translation>
        </message>
        <message>
            <source>The model {path} has version {version}; this engine understands up to {known}.</source>
            <translation>El modelo {path} tiene la versión {version}; este motor entiende hasta la {known}.</translation>
        </message>
        <message>
            <source>Update Raster Segmenter.</source>
            <translation>Actualice Raster Segmenter.</translation>
        </message>
        <message>
            <source>its card cannot be read: {error}</source>
            <translation>no se puede leer su ficha: {error}</translation>
        </message>
        <message>
            <source>{field} in its card cannot be {value}</source>
            <translation>{field} en su ficha no puede ser {value}</translation>
        </message>
        <message>
            <source>its weights do not fit its network: {reason}</source>
            <translation>sus pesos no encajan en su red: {reason}</translation>
        </message>
        <message>
            <source>A tile of this network cannot be {side_px} px wide.</source>
            <translation>Una tesela de esta red no puede medir {side_px} px de ancho.</translation>
        </message>
        <message>
            <source>Set TILE_PX to {valid_px}, or to 0.</source>
            <translation>Ponga TILE_PX en {valid_px}, o en 0.</translation>
        </message>
        <message>
            <source>The network has more than 2 GiB of weights, and an ONNX file cannot hold more than that.</source>
            <translation>La red tiene más de 2 GiB de pesos; un archivo ONNX no admite tantos.</translation>
        </message>
        <message>
            <source>Train a narrower network.</source>
            <translation>Entrene una red más estrecha.</translation>
        </message>
        <message>
            <source>PyTorch {version} has written a network that ends in {operator}, not in Softmax.</source>
            <translation>PyTorch {version} escribió una red que termina en {operator}, no en Softmax.</translation>
        </message>
        <message>
            <source>Install another version of PyTorch for the engine, and please report it.</source>
            <translation>Instale otra versión de PyTorch para el motor e informe de ello, por favor.</translation>
        </message>
        <message>
            <source>The export gives other logits than the network, by up to {largest:.2g}.</source>
            <translation>Los logits de la exportación difieren de los de la red en hasta {largest:.2g}.</translation>
        </message>
        <message>
            <source>Please report it.</source>
            <translation>Informe de ello, por favor.</translation>
        </message>
        <message>
            <source>{network} cannot be written as ONNX: {cause}.</source>
            <translation>{network} no se puede escribir en ONNX: {cause}.</translation>
        </message>
        <message>
            <source>Classify with the model file itself, or train another network.</source>
            <translation>Clasifique con el propio archivo de modelo, o entrene otra red.</translation>
        </message>
        <message>
            <source>The engine's Python lacks {library}.</source>
            <translation>Al Python del motor le falta {library}.</translation>
        </message>
        <message>
            <source>Install it with pip from engine/requirements.txt.</source>
            <translation>Instálelo con pip según engine/requirements.txt.</translation>
        </message>
        <message>
            <source>INITIAL is {initial!r}, but {network} cannot start from weights: it is always fitted from the beginning.</source>
            <translation>INITIAL es {initial!r}, pero {network} no puede partir de pesos: siempre se ajusta desde el principio.</translation>
        </message>
        <message>
            <source>Leave INITIAL empty.</source>
            <translation>Deje INITIAL vacío.</translation>
        </message>
        <message>
            <source>Nothing in {source} fits this network: it holds {theirs}; the network has {wanted}.</source>
            <translation>Nada en {source} encaja en esta red: el archivo contiene {theirs}; la red tiene {wanted}.</translation>
        </message>
        <message>
            <source>Choose weights of this network, or the network of these weights.</source>
            <translation>Elija pesos de esta red, o la red de estos pesos.</translation>
        </message>
        <message>
            <source>Starting from {source}: {loaded} of {all} tensors, {share:.0%} of the network's weights.</source>
            <translation>Se parte de {source}: {loaded} de {all} tensores, el {share:.0%} de los pesos de la red.</translation>
        </message>
        <message>
            <source>INITIAL is {initial!r}, neither a file nor published weights of {network}.</source>
            <translation>INITIAL es {initial!r}: ni un archivo ni pesos publicados de {network}.</translation>
        </message>
        <message>
            <source>{name} is {theirs} in {source}, and {ours} in this network.</source>
            <translation>{name} es {theirs} en {source}, y {ours} en esta red.</translation>
        </message>
        <message>
            <source>Give weights of a network of the same size and bands, or set the options of their network.</source>
            <translation>Indique pesos de una red del mismo tamaño y con las mismas bandas, o ponga las opciones de la red de esos pesos.</translation>
        </message>
        <message>
            <source>Adapted to the image's bands: {names}.</source>
            <translation>Adaptado a las bandas de la imagen: {names}.</translation>
        </message>
        <message>
            <source>Left out of {source}: {names}.</source>
            <translation>Omitido de {source}: {names}.</translation>
        </message>
        <message>
            <source>Not in {source}, so initialised at random: {names}.</source>
            <translation>No está en {source}, por lo que se inicializa al azar: {names}.</translation>
        </message>
        <message>
            <source>Give a file, or one of: {names}.</source>
            <translation>Indique un archivo, o uno de: {names}.</translation>
        </message>
        <message>
            <source>Give a file: no weights are published for this network.</source>
            <translation>Indique un archivo: no hay pesos publicados para esta red.</translation>
        </message>
        <message>
            <source>The network of {path} is {theirs}, but NETWORK is {ours}.</source>
            <translation>La red de {path} es {theirs}, pero NETWORK es {ours}.</translation>
        </message>
        <message>
            <source>Choose its network and options, or another INITIAL.</source>
            <translation>Elija su red y sus opciones, u otro INITIAL.</translation>
        </message>
        <message>
            <source>{model} was made for {before} bands, and its first layer is adapted to {bands}.</source>
            <translation>{model} se hizo para {before} bandas; su primera capa se adapta a {bands}.</translation>
        </message>
        <message>
            <source>Of the classes of {model}, {classes} are among these: the weights of its other classes are not used, and new classes start with random weights.</source>
            <translation>De las clases de {model}, {classes} están entre estas: los pesos de sus otras clases no se usan, y las clases nuevas empiezan con pesos al azar.</translation>
        </message>
        <message>
            <source>{model} knows other classes: their weights are not used, and all classes start with random weights.</source>
            <translation>{model} conoce otras clases: sus pesos no se usan, y todas las clases empiezan con pesos al azar.</translation>
        </message>
        <message>
            <source>{path} holds no weights that can be read: {reason}.</source>
            <translation>{path} no contiene pesos que se puedan leer: {reason}.</translation>
        </message>
        <message>
            <source>Give a .safetensors file, or a .pth file of a state_dict.</source>
            <translation>Indique un archivo .safetensors, o un archivo .pth con un state_dict.</translation>
        </message>
        <message>
            <source>{path} holds more than tensors: reading it could run code that somebody put into it.</source>
            <translation>{path} contiene algo más que tensores: leerlo podría ejecutar código que alguien haya metido en él.</translation>
        </message>
        <message>
            <source>Save its state_dict alone, best as .safetensors, and give that.</source>
            <translation>Guarde solo su state_dict, mejor como .safetensors, e indique ese archivo.</translation>
        </message>
        <message>
            <source>it is a {kind}, not tensors by name</source>
            <translation>es un {kind}, no tensores con nombre</translation>
        </message>
        <message>
            <source>it has no tensors by name</source>
            <translation>no tiene tensores con nombre</translation>
        </message>
        <message>
            <source>{network} cannot learn {auxiliary!r} as a second task.</source>
            <translation>{network} no puede aprender la segunda tarea {auxiliary!r}.</translation>
        </message>
        <message>
            <source>Set AUXILIARY to one of: {known}.</source>
            <translation>Ponga en AUXILIARY uno de estos valores: {known}.</translation>
        </message>
        <message>
            <source>The option {option} is {value:g}.</source>
            <translation>La opción {option} es {value:g}.</translation>
        </message>
        <message>
            <source>Give a whole number from {low} to {high}.</source>
            <translation>Indique un número entero de {low} a {high}.</translation>
        </message>
        <message>
            <source>The option context_px is {context_px}.</source>
            <translation>La opción context_px es {context_px}.</translation>
        </message>
        <message>
            <source>Give a multiple of {multiple_px}, so that both scales align.</source>
            <translation>Indique un múltiplo de {multiple_px}, para que las dos escalas encajen.</translation>
        </message>
        <message>
            <source>The option filters is {filters:g}.</source>
            <translation>La opción filters es {filters:g}.</translation>
        </message>
        <message>
            <source>Give a multiple of 4, because the first cell has a quarter of these filters.</source>
            <translation>Indique un múltiplo de 4, porque la primera celda tiene una cuarta parte de estos filtros.</translation>
        </message>
        <message>
            <source>The option summed is {summed:g}.</source>
            <translation>La opción summed es {summed:g}.</translation>
        </message>
        <message>
            <source>Give 1 (all normal cells are read) or 0 (the last cell and the outputs of reduction cells).</source>
            <translation>Indique 1 (se leen todas las celdas normales) o 0 (la última celda y las salidas de las celdas de reducción).</translation>
        </message>
        <message>
            <source>The option penalty is {penalty:g}.</source>
            <translation>La opción penalty es {penalty:g}.</translation>
        </message>
        <message>
            <source>Give a number above 0.</source>
            <translation>Indique un número mayor que 0.</translation>
        </message>
        <message>
            <source>The option gamma is {gamma:g}.</source>
            <translation>La opción gamma es {gamma:g}.</translation>
        </message>
        <message>
            <source>Give a number above 0, or 0 to use 1 / (number of bands).</source>
            <translation>Indique un número mayor que 0, o 0 para usar 1 / (número de bandas).</translation>
        </message>
        <message>
            <source>Class {number} of {classes} has no labelled pixel to fit to.</source>
            <translation>La clase {number} de {classes} no tiene ningún píxel etiquetado al que ajustarse.</translation>
        </message>
        <message>
            <source>Label some of it in the training part, or take the class out of the reference.</source>
            <translation>Etiquete algo de ella en la parte de entrenamiento, o quite la clase de la referencia.</translation>
        </message>
        <message>
            <source>illegal instruction</source>
            <translation>instrucción ilegal</translation>
        </message>
        <message>
            <source>segmentation fault</source>
            <translation>violación de segmento</translation>
        </message>
        <message>
            <source>bus error</source>
            <translation>error de bus</translation>
        </message>
        <message>
            <source>aborted</source>
            <translation>abortado</translation>
        </message>
        <message>
            <source>arithmetic error</source>
            <translation>error aritmético</translation>
        </message>
        <message>
            <source>trap</source>
            <translation>trampa de depuración</translation>
        </message>
        <message>
            <source>killed by the system, most often because memory ran out</source>
            <translation>terminado por el sistema, casi siempre por falta de memoria</translation>
        </message>
        <message>
            <source>access violation</source>
            <translation>infracción de acceso</translation>
        </message>
        <message>
            <source>memory ran out</source>
            <translation>faltó memoria</translation>
        </message>
        <message>
            <source>a DLL is for another processor architecture</source>
            <translation>una DLL es para otra arquitectura de procesador</translation>
        </message>
        <message>
            <source>stack overflow</source>
            <translation>desbordamiento de pila</translation>
        </message>
        <message>
            <source>a DLL was not found</source>
            <translation>no se encontró una DLL</translation>
        </message>
        <message>
            <source>a DLL lacks a function</source>
            <translation>a una DLL le falta una función</translation>
        </message>
        <message>
            <source>a DLL failed to start</source>
            <translation>una DLL no se pudo iniciar</translation>
        </message>
        <message>
            <source>the memory is damaged</source>
            <translation>memoria dañada</translation>
        </message>
        <message>
            <source>The engine sent a line that is not an event ({error}): {line!r}.</source>
            <translation>El motor envió una línea que no es un evento ({error}): {line!r}.</translation>
        </message>
        <message>
            <source>A job is a JSON object, not {found}.</source>
            <translation>Un trabajo es un objeto JSON, no {found}.</translation>
        </message>
        <message>
            <source>Check the job file.</source>
            <translation>Compruebe el archivo de trabajo.</translation>
        </message>
        <message>
            <source>Unknown job {kind}.</source>
            <translation>Trabajo desconocido {kind}.</translation>
        </message>
        <message>
            <source>Set "job" to one of: {kinds}.</source>
            <translation>Ponga en "job" uno de: {kinds}.</translation>
        </message>
        <message>
            <source>The job has version {version}; this engine understands version {understood}.</source>
            <translation>El trabajo tiene la versión {version}; este motor entiende la versión {understood}.</translation>
        </message>
        <message>
            <source>Unknown key {key!r} in a {kind} job.</source>
            <translation>Clave desconocida {key!r} en un trabajo de tipo {kind}.</translation>
        </message>
        <message>
            <source>Known keys: {keys}.</source>
            <translation>Claves conocidas: {keys}.</translation>
        </message>
        <message>
            <source>{key} is {value}.</source>
            <translation>{key} es {value}.</translation>
        </message>
        <message>
            <source>It must be {wanted}.</source>
            <translation>Debe ser {wanted}.</translation>
        </message>
        <message>
            <source>a list of paths</source>
            <translation>una lista de rutas</translation>
        </message>
        <message>
            <source>one of {values}</source>
            <translation>uno de estos valores: {values}</translation>
        </message>
        <message>
            <source>a whole number from {low:g} to {high:g}</source>
            <translation>un número entero de {low:g} a {high:g}</translation>
        </message>
        <message>
            <source>a number from {low:g} to {high:g}</source>
            <translation>un número de {low:g} a {high:g}</translation>
        </message>
        <message>
            <source>an object of texts</source>
            <translation>un objeto de textos</translation>
        </message>
        <message>
            <source>an object of numbers</source>
            <translation>un objeto de números</translation>
        </message>
        <message>
            <source>an object of objects of texts</source>
            <translation>un objeto de objetos de textos</translation>
        </message>
        <message>
            <source>The job is not valid JSON: {error}.</source>
            <translation>El trabajo no es un JSON válido: {error}.</translation>
        </message>
        <message>
            <source>The {kind} job lacks the key {key!r}.</source>
            <translation>Al trabajo de tipo {kind} le falta la clave {key!r}.</translation>
        </message>
        <message>
            <source>Add it to the job file.</source>
            <translation>Añádalo al archivo del trabajo.</translation>
        </message>
        <message>
            <source>true or false</source>
            <translation>true o false</translation>
        </message>
        <message>
            <source>a list with at least one path</source>
            <translation>una lista con al menos una ruta</translation>
        </message>
        <message>
            <source>text</source>
            <translation>un texto</translation>
        </message>
        <message>
            <source>Set "version" to {understood}.</source>
            <translation>Ponga "version" en {understood}.</translation>
        </message>
        <message>
            <source>The model {path} cannot be opened: {reason}.</source>
            <translation>No se puede abrir el modelo {path}: {reason}.</translation>
        </message>
        <message>
            <source>Choose another file.</source>
            <translation>Elija otro archivo.</translation>
        </message>
        <message>
            <source>{path} is not a Raster Segmenter model.</source>
            <translation>{path} no es un modelo de Raster Segmenter.</translation>
        </message>
        <message>
            <source>{path} cannot be replaced: another program has it open, or it is write-protected.</source>
            <translation>No se puede reemplazar {path}: otro programa lo tiene abierto o está protegido contra escritura.</translation>
        </message>
        <message>
            <source>Remove the layer from the QGIS project, or close the program that shows it, and run again; or choose another name.</source>
            <translation>Quite la capa del proyecto de QGIS, o cierre el programa que la muestra, y ejecute de nuevo; o elija otro nombre.</translation>
        </message>
        <message>
            <source>{path} cannot be replaced: another program has it open, or it is write-protected. The finished result is {instead}.</source>
            <translation>No se puede reemplazar {path}: otro programa lo tiene abierto o está protegido contra escritura. El resultado terminado es {instead}.</translation>
        </message>
        <message>
            <source>Remove the layer from the QGIS project, or close the program that shows it, and rename {instead}.</source>
            <translation>Quite la capa del proyecto de QGIS, o cierre el programa que la muestra, y cambie el nombre de {instead}.</translation>
        </message>
        <message>
            <source>There is no {name!r} in {folder}.</source>
            <translation>No hay ningún {name!r} en {folder}.</translation>
        </message>
        <message>
            <source>Choose one of: {names}.</source>
            <translation>Elija uno de: {names}.</translation>
        </message>
        <message>
            <source>{name} has no option {option!r}.</source>
            <translation>{name} no tiene ninguna opción {option!r}.</translation>
        </message>
        <message>
            <source>Its options and defaults: {known}.</source>
            <translation>Sus opciones y valores predeterminados: {known}.</translation>
        </message>
        <message>
            <source>The image has no coordinate reference system, so {name} cannot be laid over it.</source>
            <translation>La imagen no tiene sistema de referencia de coordenadas, así que {name} no se le puede superponer.</translation>
        </message>
        <message>
            <source>Set it with the Processing tool 'Assign projection'.</source>
            <translation>Defínalo con la herramienta de Procesos «Asignar proyección».</translation>
        </message>
        <message>
            <source>{name} has no coordinate reference system, so it cannot be laid over the image.</source>
            <translation>{name} no tiene sistema de referencia de coordenadas, así que no se puede superponer a la imagen.</translation>
        </message>
        <message>
            <source>Set it with the Processing tool Define projection (vector) or Assign projection (raster).</source>
            <translation>Defínalo con la herramienta de Procesos «Definir proyección» (vectorial) o «Asignar proyección» (ráster).</translation>
        </message>
        <message>
            <source>{lacking} has no coordinate reference system: {name} is laid over the image pixel by pixel.</source>
            <translation>{lacking} no tiene sistema de referencia de coordenadas: {name} se superpone a la imagen píxel por píxel.</translation>
        </message>
        <message>
            <source>The image</source>
            <translation>La imagen</translation>
        </message>
        <message>
            <source>Name another Python for the engine, such as that of a current QGIS, or one with the package gdal of conda-forge.</source>
            <translation>Indique otro Python para el motor, como el de un QGIS actual, o uno con el paquete gdal de conda-forge.</translation>
        </message>
        <message>
            <source>GDAL {release} is installed; the engine needs {major}.{minor} or newer.</source>
            <translation>GDAL {release} está instalado; el motor necesita {major}.{minor} o posterior.</translation>
        </message>
        <message>
            <source>Remove them from the environment variable GDAL_SKIP, if it is set.</source>
            <translation>Quítelos de la variable de entorno GDAL_SKIP, si está definida.</translation>
        </message>
        <message>
            <source>GDAL {release} lacks formats that the engine writes: {formats}.</source>
            <translation>A GDAL {release} le faltan formatos que el motor escribe: {formats}.</translation>
        </message>
        <message>
            <source>GDAL's library PROJ cannot look up coordinate reference systems: {error}.</source>
            <translation>La biblioteca PROJ de GDAL no puede consultar sistemas de referencia de coordenadas: {error}.</translation>
        </message>
        <message>
            <source>GDAL's Python bindings cannot be imported: {error}.</source>
            <translation>No se pueden importar los enlaces de GDAL para Python: {error}.</translation>
        </message>
        <message>
            <source>Install them for this Python (package GDAL).</source>
            <translation>Instálelos para este Python (paquete GDAL).</translation>
        </message>
        <message>
            <source>Remove the environment variable {names}, and restart QGIS.</source>
            <translation>Elimine la variable de entorno {names} y reinicie QGIS.</translation>
        </message>
        <message>
            <source>{name} holds {bands} band(s) of {dtype}, not class codes.</source>
            <translation>{name} contiene {bands} banda(s) de tipo {dtype}, no códigos de clase.</translation>
        </message>
        <message>
            <source>Choose a class map.</source>
            <translation>Elija un mapa de clases.</translation>
        </message>
        <message>
            <source>{name} holds more than {most} different values. At most {most} classes are possible, since classes are counted in 8 bits.</source>
            <translation>{name} contiene más de {most} valores distintos. Se admiten {most} clases como máximo, porque las clases se cuentan en 8 bits.</translation>
        </message>
        <message>
            <source>Choose a class map, or join classes.</source>
            <translation>Elija un mapa de clases, o combine clases.</translation>
        </message>
        <message>
            <source>There is no file {path}.</source>
            <translation>No existe el archivo {path}.</translation>
        </message>
        <message>
            <source>Check its name, or choose another one.</source>
            <translation>Compruebe su nombre o elija otro.</translation>
        </message>
        <message>
            <source>The file {path} is empty.</source>
            <translation>El archivo {path} está vacío.</translation>
        </message>
        <message>
            <source>Make or copy it again.</source>
            <translation>Créelo o cópielo de nuevo.</translation>
        </message>
        <message>
            <source>{path} cannot be opened as {kind}: {reason}.</source>
            <translation>No se puede abrir {path} como {kind}: {reason}.</translation>
        </message>
        <message>
            <source>Choose a file that GDAL can open.</source>
            <translation>Elija un archivo que GDAL pueda abrir.</translation>
        </message>
        <message>
            <source>{path} could not be written to its end, probably because the disk is full: {reason}.</source>
            <translation>No se pudo terminar de escribir {path}, probablemente porque el disco está lleno: {reason}.</translation>
        </message>
        <message>
            <source>a raster</source>
            <translation>ráster</translation>
        </message>
        <message>
            <source>x {xmin} to {xmax}, y {ymin} to {ymax}</source>
            <translation>x de {xmin} a {xmax}, y de {ymin} a {ymax}</translation>
        </message>
        <message>
            <source>Building the overviews of {name}.</source>
            <translation>Construyendo las vistas generales (pirámides) de {name}.</translation>
        </message>
        <message>
            <source>% of the overviews</source>
            <translation>% de las vistas generales</translation>
        </message>
        <message>
            <source>Building the overviews of {name}, and laying it out for reading over a network.</source>
            <translation>Construyendo las vistas generales (pirámides) de {name} y disponiéndolo para leerlo a través de la red.</translation>
        </message>
        <message>
            <source>% of the cloud-optimised file</source>
            <translation>% del archivo optimizado para la nube</translation>
        </message>
        <message>
            <source>The minimum area is {area:g} m², but {name} has no CRS, so areas are unknown.</source>
            <translation>El área mínima es {area:g} m², pero {name} no tiene SRC, así que las áreas se desconocen.</translation>
        </message>
        <message>
            <source>Assign the raster's CRS, or set the minimum area to 0.</source>
            <translation>Asigne su SRC al ráster, o ponga el área mínima en 0.</translation>
        </message>
        <message>
            <source>% of the outlines drawn</source>
            <translation>% de los contornos dibujados</translation>
        </message>
        <message>
            <source>% of the small patches merged</source>
            <translation>% de las manchas pequeñas fundidas</translation>
        </message>
        <message>
            <source>polygons</source>
            <translation>polígonos</translation>
        </message>
        <message>
            <source>Band {number} of {path} holds complex numbers ({kind}).</source>
            <translation>La banda {number} de {path} contiene números complejos ({kind}).</translation>
        </message>
        <message>
            <source>Convert it to real numbers with the tool Translate.</source>
            <translation>Conviértala a números reales con la herramienta «Traducir».</translation>
        </message>
        <message>
            <source>{path} has no bands with image values.</source>
            <translation>{path} no tiene bandas con valores de imagen.</translation>
        </message>
        <message>
            <source>Choose a raster with at least one band.</source>
            <translation>Elija un ráster con al menos una banda.</translation>
        </message>
        <message>
            <source>{name} cannot be read at rows {top} to {bottom}, columns {left} to {right}: {error}.</source>
            <translation>No se puede leer {name} en las filas {top} a {bottom}, columnas {left} a {right}: {error}.</translation>
        </message>
        <message>
            <source>The file is probably truncated or damaged: copy or make it again.</source>
            <translation>El archivo está probablemente truncado o dañado: cópielo o créelo de nuevo.</translation>
        </message>
        <message>
            <source>The image reaches beyond what the coordinate reference system of {name} can describe.</source>
            <translation>La imagen va más allá de lo que el sistema de referencia de coordenadas de {name} puede describir.</translation>
        </message>
        <message>
            <source>Warp that raster to the image's CRS first.</source>
            <translation>Reproyecte antes ese ráster al SRC de la imagen.</translation>
        </message>
        <message>
            <source>Choose a raster of this image's area, and check the coordinate reference systems of the raster and of the image.</source>
            <translation>Elija un ráster de la zona de esta imagen y compruebe los sistemas de referencia de coordenadas del ráster y de la imagen.</translation>
        </message>
        <message>
            <source>{name} covers only a part of the image: pixels beyond it count as without data.</source>
            <translation>{name} cubre solo una parte de la imagen: los píxeles de fuera cuentan como sin datos.</translation>
        </message>
        <message>
            <source>{path} is your own file, so it was not overwritten.</source>
            <translation>{path} es un archivo suyo, así que no se sobrescribió.</translation>
        </message>
        <message>
            <source>{name} cannot be warped to the image's grid: {error}.</source>
            <translation>{name} no se puede reproyectar a la cuadrícula de la imagen: {error}.</translation>
        </message>
        <message>
            <source>The file may be damaged: copy or make it again. If it is not, reproject it to the image's CRS first.</source>
            <translation>Puede que el archivo esté dañado: cópielo o créelo de nuevo. Si no lo está, reproyéctelo antes al SRC de la imagen.</translation>
        </message>
        <message>
            <source>It is built for a newer processor than this one ({processor}): install an older release. On a virtual machine, give the virtual machine the instructions of the host's processor (AVX2).</source>
            <translation>Está compilado para un procesador más nuevo que este ({processor}): instale una versión anterior. En una máquina virtual, permítale usar las instrucciones del procesador del anfitrión (AVX2).</translation>
        </message>
        <message>
            <source>{package} crashes as it is loaded by {python}: {cause}.</source>
            <translation>{package} se bloquea cuando lo carga {python}: {cause}.</translation>
        </message>
        <message>
            <source>{python} lacks: {modules}.</source>
            <translation>A {python} le falta: {modules}.</translation>
        </message>
        <message>
            <source>{package} {found} is installed in {python}; the engine needs {needed} or newer.</source>
            <translation>{package} {found} está instalado en {python}; el motor necesita {needed} o posterior.</translation>
        </message>
        <message>
            <source>{package} cannot be loaded by {python}, because {cause}: {error}.</source>
            <translation>{python} no puede cargar el paquete {package} porque {cause}: {error}.</translation>
        </message>
        <message>
            <source>Versions: {versions}.</source>
            <translation>Versiones: {versions}.</translation>
        </message>
        <message>
            <source>Run this in a terminal to make a new environment: "{python}" "{installer}" "{folder}"</source>
            <translation>Ejecute en un terminal, para crear un entorno nuevo: "{python}" "{installer}" "{folder}"</translation>
        </message>
        <message>
            <source>Install the newest Microsoft Visual C++ Redistributable (x64), then restart QGIS. If that does not help, continue with the next step.</source>
            <translation>Instale la versión más reciente de Microsoft Visual C++ Redistributable (x64) y reinicie QGIS. Si eso no ayuda, continúe con el paso siguiente.</translation>
        </message>
        <message>
            <source>Run this in a terminal: "{python}" -m pip install "{wanted}". Or install a build for NumPy {numpy}.</source>
            <translation>Ejecute en un terminal: "{python}" -m pip install "{wanted}". O instale una compilación para NumPy {numpy}.</translation>
        </message>
        <message>
            <source>it fails when it is loaded</source>
            <translation>falla al cargarse</translation>
        </message>
        <message>
            <source>it is built for a newer system than this one (C library: {libc})</source>
            <translation>está compilado para un sistema más nuevo que este (biblioteca de C: {libc})</translation>
        </message>
        <message>
            <source>it was built for another release of NumPy than the installed {numpy}</source>
            <translation>se compiló para otra versión de NumPy que la instalada, {numpy}</translation>
        </message>
        <message>
            <source>it is built for another processor architecture than this Python ({machine})</source>
            <translation>está compilado para otra arquitectura de procesador que este Python ({machine})</translation>
        </message>
        <message>
            <source>Install the build for this architecture, or name a Python of the other one.</source>
            <translation>Instale la compilación para esta arquitectura, o indique un Python de la otra.</translation>
        </message>
        <message>
            <source>one of its DLLs fails to start</source>
            <translation>una de sus DLL no se puede iniciar</translation>
        </message>
        <message>
            <source>its parts, or the libraries that it uses, are of different releases</source>
            <translation>sus partes, o las bibliotecas que usa, son de versiones distintas</translation>
        </message>
        <message>
            <source>a library that it needs is missing</source>
            <translation>falta una biblioteca que necesita</translation>
        </message>
        <message>
            <source>a package that it needs is missing</source>
            <translation>falta un paquete que necesita</translation>
        </message>
        <message>
            <source>a library that was loaded earlier leaves no room for it</source>
            <translation>una biblioteca cargada antes no le deja sitio</translation>
        </message>
        <message>
            <source>Update the system, or continue with the next step.</source>
            <translation>Actualice el sistema, o continúe con el paso siguiente.</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>desconocida</translation>
        </message>
        <message>
            <source>Windows allows no {character!r} in names</source>
            <translation>Windows no admite {character!r} en los nombres</translation>
        </message>
        <message>
            <source>{device} is the name of a device on Windows</source>
            <translation>{device} es en Windows el nombre de un dispositivo</translation>
        </message>
        <message>
            <source>names do not end in a dot or a space on Windows</source>
            <translation>en Windows los nombres no terminan en punto ni en espacio</translation>
        </message>
        <message>
            <source>was made with other data or settings</source>
            <translation>se hizo con otros datos o ajustes</translation>
        </message>
        <message>
            <source>{path}, from an earlier training, {reason}. Training starts from the beginning.</source>
            <translation>{path}, de un entrenamiento anterior, {reason}. El entrenamiento empieza desde el principio.</translation>
        </message>
        <message>
            <source>is damaged ({error})</source>
            <translation>está dañado ({error})</translation>
        </message>
        <message>
            <source>CUDA graphs of the training steps cannot be captured, so training is slower: {reason}.</source>
            <translation>No se pueden capturar grafos CUDA de los pasos de entrenamiento, así que el entrenamiento es más lento: {reason}.</translation>
        </message>
        <message>
            <source>The GPU has no deterministic form of {operations}: another run may differ in the last digits.</source>
            <translation>La GPU no tiene una forma determinista de {operations}: otra ejecución puede diferir en las últimas cifras.</translation>
        </message>
        <message>
            <source>Fitting to {pixels:,} pixels, at most {per_class:,} of each class.</source>
            <translation>Ajuste a {pixels:,} píxeles, como máximo {per_class:,} de cada clase.</translation>
        </message>
        <message>
            <source>blocks sampled</source>
            <translation>bloques muestreados</translation>
        </message>
        <message>
            <source>blocks validated</source>
            <translation>bloques validados</translation>
        </message>
        <message>
            <source>Memory ran out: each batch is computed in more parts from now on.</source>
            <translation>Faltó memoria: desde ahora cada lote se calcula en más partes.</translation>
        </message>
        <message>
            <source>Training needs about {needed:,.0f} MiB for a single patch of {patch_px} px; {free:,.0f} MiB are free for it.</source>
            <translation>El entrenamiento necesita unos {needed:,.0f} MiB para un solo recorte de {patch_px} px; hay {free:,.0f} MiB libres para ello.</translation>
        </message>
        <message>
            <source>Close other programs, or choose a smaller network: OPTIONS width=16, for example.</source>
            <translation>Cierre otros programas, o elija una red más pequeña: por ejemplo, OPTIONS width=16.</translation>
        </message>
        <message>
            <source>Memory has no room for a patch of {recipe_px} px: patches have {patch_px} px, with {batch} in each step.</source>
            <translation>La memoria no alcanza para un recorte de {recipe_px} px: los recortes tienen {patch_px} px, con {batch} en cada paso.</translation>
        </message>
        <message>
            <source>Memory has room for {at_once} patches at once: each batch of {batch} is computed in {steps} parts.</source>
            <translation>La memoria alcanza para {at_once} recortes a la vez: cada lote de {batch} se calcula en {steps} partes.</translation>
        </message>
        <message>
            <source>batches</source>
            <translation>lotes</translation>
        </message>
        <message>
            <source>The labels lie in {blocks} block(s) of the image: none can be kept for validation without losing a class.</source>
            <translation>Las etiquetas están en {blocks} bloque(s) de la imagen: no se puede reservar ninguno para la validación sin perder una clase.</translation>
        </message>
        <message>
            <source>Label each class in more places, or set a smaller PATCH_PX.</source>
            <translation>Etiquete cada clase en más lugares, o reduzca PATCH_PX.</translation>
        </message>
        <message>
            <source>No labelled pixel lies inside the validation area.</source>
            <translation>Ningún píxel etiquetado está dentro de la zona de validación.</translation>
        </message>
        <message>
            <source>Draw the validation area over labels of the image.</source>
            <translation>Dibuje el área de validación sobre etiquetas de la imagen.</translation>
        </message>
        <message>
            <source>The validation area leaves no labels to learn from.</source>
            <translation>La zona de validación no deja etiquetas de las que aprender.</translation>
        </message>
        <message>
            <source>Make the validation area smaller, or label more places outside it.</source>
            <translation>Haga el área de validación más pequeña, o etiquete más lugares fuera de ella.</translation>
        </message>
        <message>
            <source>blocks surveyed</source>
            <translation>bloques examinados</translation>
        </message>
        <message>
            <source>The best epoch so far is kept.</source>
            <translation>Se conserva la mejor época hasta ahora.</translation>
        </message>
        <message>
            <source>An epoch is {patches:,} patches of {patch_px} px.</source>
            <translation>Una época son {patches:,} recortes de {patch_px} px.</translation>
        </message>
        <message>
            <source>Continuing an earlier run after epoch {epoch}.</source>
            <translation>Se continúa una ejecución anterior, tras la época {epoch}.</translation>
        </message>
        <message>
            <source>Stopped early: no better mean F1 in {epochs} epochs.</source>
            <translation>Terminado antes de tiempo: sin mejor F1 medio en {epochs} épocas.</translation>
        </message>
        <message>
            <source>Quantity disagreement</source>
            <translation>Desacuerdo de cantidad</translation>
        </message>
        <message>
            <source>Allocation disagreement</source>
            <translation>Desacuerdo de asignación</translation>
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
            <source>Frequency-weighted IoU</source>
            <translation>IoU ponderado por frecuencia</translation>
        </message>
        <message>
            <source>Kappa</source>
            <translation>Kappa</translation>
        </message>
        <message>
            <source>Matthews correlation</source>
            <translation>Correlación de Matthews</translation>
        </message>
        <message>
            <source>Overall accuracy</source>
            <translation>Exactitud global</translation>
        </message>
    </context>
</TS>
