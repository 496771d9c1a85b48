package io.ccrelay.policy;

import io.ccrelay.policy.expression.SourcePosition;
import java.util.Optional;

/**
 * Where a statement stands; the source of most properties of {@code context.LastError}.
 *
 * @param position of its start tag
 * @param scope of the document; a fragment has that of the document which includes it
 * @param path elements below the section and their numbers among equally named siblings, from 1:
 *     {@code choose[3]/when[2]/set-header[1]}
 * @param id attribute {@code id}
 */
public record Place(
    SourcePosition position, Scope scope, Section section, String path, Optional<String> id) {}
