package io.ccrelay.llm;

/**
 * Whether an answer may be stored. The same table serves JSON bodies and streams:
 *
 * <table>
 * <caption>What is not stored; the first row that applies gives the reason</caption>
 * <tr><th>fact</th><th>Anthropic</th><th>OpenAI</th><th>reason</th></tr>
 * <tr><td>error under 200</td><td>{@code type: error}, {@code error}</td>
 *     <td>{@code error}, {@code status: failed}</td><td>{@code error}</td></tr>
 * <tr><td>server state</td><td>{@code container}</td>
 *     <td>{@code conversation}, {@code previous_response_id}, {@code background}</td>
 *     <td>{@code server-state}</td></tr>
 * <tr><td>declined</td><td>{@code stop_reason: refusal}</td>
 *     <td>{@code message.refusal}, a {@code refusal} part</td><td>{@code refusal}</td></tr>
 * <tr><td>suppressed</td><td></td><td>{@code content_filter}</td>
 *     <td>{@code content-filter}</td></tr>
 * <tr><td>cut</td><td>{@code max_tokens}, {@code model_context_window_exceeded}</td>
 *     <td>{@code length}, {@code max_output_tokens}, {@code incomplete}</td>
 *     <td>{@code truncated}</td></tr>
 * <tr><td>to be continued</td><td>{@code pause_turn}</td>
 *     <td>{@code queued}, {@code in_progress}</td><td>{@code paused}</td></tr>
 * <tr><td>asks for a tool</td><td>{@code tool_use}</td>
 *     <td>{@code tool_calls}, {@code function_call}</td>
 *     <td>{@code tool-use}, unless {@code tool_use: true}</td></tr>
 * <tr><td>arguments that are no JSON object</td><td colspan="2">always</td>
 *     <td>{@code tool-input}</td></tr>
 * <tr><td>nothing said</td><td>no block, or blank text only</td>
 *     <td>no choice or output, or blank text only</td><td>{@code empty}</td></tr>
 * <tr><td>anything but a natural end</td><td>not {@code end_turn}, {@code stop_sequence}</td>
 *     <td>not {@code stop}, {@code completed}</td><td>{@code stop-reason}</td></tr>
 * </table>
 *
 * <p>Token counts and embeddings have no reason to stop: of the table only the rows for errors and
 * for nothing said concern them.
 */
public sealed interface Verdict {

  /** It may be stored. */
  record Keep(AnswerFacts facts) implements Verdict {}

  /** It is passed on only. */
  record Pass(PassReason reason) implements Verdict {}

  /** Decides by the table above. */
  static Verdict judge(Route route, AnswerFacts facts, ResponsesOptions options) {
    return AnswerTable.objection(route, facts, options)
        .<Verdict>map(Pass::new)
        .orElseGet(() -> new Keep(facts));
  }
}
