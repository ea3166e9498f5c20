package org.cairn.rule;

/**
 * Something about a rule that whoever publishes it should know.
 *
 * @param path where, as {@link RequirementJson} writes places: {@code rule.allOf[1]}
 * @param code lower case words joined by underscores, the same for ever
 */
public record Finding(Severity severity, String path, String code, String sentence) {

    /** Has to be mended; may be meant so; good to know. */
    public enum Severity {
        ERROR,
        WARNING,
        NOTE
    }

    static Finding error(String path, String code, String sentence) {
        return new Finding(Severity.ERROR, path, code, sentence);
    }

    static Finding warning(String path, String code, String sentence) {
        return new Finding(Severity.WARNING, path, code, sentence);
    }

    static Finding note(String path, String code, String sentence) {
        return new Finding(Severity.NOTE, path, code, sentence);
    }
}
