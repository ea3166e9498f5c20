package org.cairn.rule;

import java.util.Map;

/** Scales and terms that a file declares once, for its rules to name. A rule that is written has them in full. */
public record Named(Map<String, LetterScale> scales, Map<String, Term> terms) {

    public static final Named NOTHING = new Named(Map.of(), Map.of());
}
