package org.cairn.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.cairn.rule.Requirement;
import org.cairn.rule.Slot;
import org.jspecify.annotations.Nullable;

/**
 * What can be earned, as one version says it; immutable once published.
 *
 * @param slots what people call the blanks of the rule; every slot of the rule has a title
 * @param workloadHours the hours that a learner needs, as the institution estimates them
 * @param level the level of the European Qualifications Framework, 1 to 8
 */
public record Definition(
        String name,
        String description,
        Kind kind,
        @Nullable BigDecimal credits,
        @Nullable Integer workloadHours,
        @Nullable Integer level,
        List<String> outcomes,
        Map<Slot, String> slots,
        Requirement rule) {

    /** What kind of credential it makes. A stack is one whose rule asks for others, whatever its kind. */
    public enum Kind {
        MICRO_CREDENTIAL,
        CERTIFICATE
    }

    public Definition {
        outcomes = List.copyOf(outcomes);
        slots = Map.copyOf(slots);
        for (var slot : rule.slots()) {
            if (!slots.containsKey(slot)) {
                throw new IllegalArgumentException(
                        "The rule's slot \"%s\" has no title in slots.".formatted(slot.name()));
            }
        }
    }

    /** Whether its rule asks for other achievements. */
    public boolean isStack() {
        return !rule.achievements().isEmpty();
    }
}
