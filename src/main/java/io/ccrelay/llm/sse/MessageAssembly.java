package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.sse.Json.Arr;
import io.ccrelay.llm.sse.Json.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message of the Anthropic dialect: {@code message_start}, then for each block its start, deltas
 * and stop, by rising index, then {@code message_delta} and {@code message_stop}. Confined to one
 * context.
 */
final class MessageAssembly implements Assembly {

  private static final Set<String> PARTS_OF_MESSAGE_DELTA = Set.of("type", "delta", "usage");

  private final List<MessageBlock> blocks = new ArrayList<>();
  private @Nullable Obj message;
  private boolean stopReasonSeen;
  private boolean lossless = true;

  @Override
  public Step accept(Event event) {
    return switch (event.name()) {
      case "ping" -> Step.GOES_ON;
      case "error" -> Step.FAILS;
      default ->
          JsonReader.readObject(event.data())
              .filter(body -> body.isText("type", event.name()))
              .map(this::take)
              .orElse(Step.VIOLATES);
    };
  }

  private Step take(Obj event) {
    if (message == null) {
      return event.isText("type", "message_start") ? start(event) : Step.VIOLATES;
    }
    return switch (event.text("type")) {
      case "message_start" -> Step.VIOLATES;
      case "content_block_start" -> blockStart(event);
      case "content_block_delta" -> blockDelta(event);
      case "content_block_stop" -> blockStop(event);
      case "message_delta" -> messageDelta(message, event);
      case "message_stop" -> isWhole() ? Step.COMPLETES : Step.VIOLATES;
      default -> unknown();
    };
  }

  private Step start(Obj event) {
    message = event.object("message").orElse(null);
    if (message == null) {
      return Step.VIOLATES;
    }
    lossless &= message.items("content").isEmpty();
    return Step.GOES_ON;
  }

  private Step blockStart(Obj event) {
    var block = event.object("content_block").orElse(null);
    if (block == null || event.index("index") != blocks.size() || stopReasonSeen) {
      return Step.VIOLATES;
    }
    blocks.add(new MessageBlock(block));
    return Step.GOES_ON;
  }

  private Step blockDelta(Obj event) {
    var block = openBlock(event);
    var delta = event.object("delta").orElse(null);
    if (block == null || delta == null) {
      return Step.VIOLATES;
    }
    lossless &= block.add(delta);
    return Step.GOES_ON;
  }

  private Step blockStop(Obj event) {
    var block = openBlock(event);
    if (block == null) {
      return Step.VIOLATES;
    }
    block.close();
    return Step.GOES_ON;
  }

  private @Nullable MessageBlock openBlock(Obj event) {
    int index = event.index("index");
    boolean known = index >= 0 && index < blocks.size() && blocks.get(index).isOpen();
    return known ? blocks.get(index) : null;
  }

  private Step messageDelta(Obj message, Obj event) {
    event.object("delta").ifPresent(delta -> delta.members().forEach(message::put));
    event.object("usage").ifPresent(usage -> addUsage(message, usage));
    event
        .members()
        .forEach((name, value) -> {
          if (!PARTS_OF_MESSAGE_DELTA.contains(name)) {
            message.put(name, value);
          }
        });
    stopReasonSeen = message.says("stop_reason");
    return Step.GOES_ON;
  }

  /** Counts are cumulative: a later one replaces an earlier one, {@code null} says nothing new. */
  private static void addUsage(Obj message, Obj usage) {
    var sum = message.object("usage").orElseGet(Obj::new);
    usage
        .members()
        .forEach((name, value) -> {
          if (!value.isNull() || !sum.has(name)) {
            sum.put(name, value);
          }
        });
    message.put("usage", sum);
  }

  private boolean isWhole() {
    return stopReasonSeen && blocks.stream().noneMatch(MessageBlock::isOpen);
  }

  private Step unknown() {
    lossless = false;
    return Step.GOES_ON;
  }

  @Override
  public Bytes json() {
    var answer = message == null ? new Obj() : message.copy();
    answer.put("content", new Arr(blocks.stream().map(MessageBlock::content).toList()));
    return answer.toBytes();
  }

  @Override
  public boolean lossless() {
    return lossless && blocks.stream().allMatch(MessageBlock::inputValid);
  }
}
