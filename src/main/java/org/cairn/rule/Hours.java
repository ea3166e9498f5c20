package org.cairn.rule;

import java.math.BigDecimal;
import java.util.Set;

/** So many hours of a kind ("practice"), all that was confirmed taken together. More than 0, up to 10,000. */
public record Hours(Slot kind, BigDecimal minimum, Window window) implements Requirement {

    public Hours {
        minimum = CreditSum.amount(minimum);
        if (minimum.signum() == 0) {
            throw new IllegalArgumentException("Hours are more than 0.");
        }
    }

    @Override
    public boolean asksTheRegister() {
        return true;
    }

    @Override
    public Set<Slot> hours() {
        return Set.of(kind);
    }
}
