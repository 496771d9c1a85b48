package io.ccrelay.semantic.embedding;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * The model of the library, with one thread for each embedding: more do not make it faster, several
 * embeddings at a time do. Safe for use from any thread. The only class that knows the library, so
 * that the program runs without it as long as nobody asks for this class.
 */
final class MiniLm extends AbstractInProcessEmbeddingModel {

  private static final String MODEL = "/all-minilm-l6-v2-q.onnx";
  private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

  static {
    // The tokenizer's library would tell its makers where it runs.
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  private final OnnxBertBiEncoder encoder;

  MiniLm() throws OrtException, IOException {
    super(Runnable::run);
    try (InputStream model = resource(MODEL);
        InputStream tokenizer = resource(TOKENIZER);
        var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      var environment = OrtEnvironment.getEnvironment();
      this.encoder =
          new OnnxBertBiEncoder(
              environment,
              environment.createSession(model.readAllBytes(), options),
              tokenizer,
              PoolingMode.MEAN);
    }
  }

  float[] embed(String text, int dimensions) {
    float[] vector = embed(text).content().vector();
    if (vector.length != dimensions) {
      throw new IllegalStateException("dimensions: " + vector.length);
    }
    return vector;
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(
        AllMiniLmL6V2QuantizedEmbeddingModel.class.getResourceAsStream(name), name);
  }

  @Override
  protected OnnxBertBiEncoder model() {
    return encoder;
  }
}
