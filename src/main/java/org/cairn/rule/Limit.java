package org.cairn.rule;

import java.math.BigDecimal;

/** What has to hold of the awards that count in a sum, taken together. */
public sealed interface Limit {

    /** At least this percentage of the sum has the trait. */
    record MinShare(BigDecimal percent, Trait of) implements Limit {

        public MinShare {
            percent = share(percent);
        }
    }

    /** At most this percentage of the sum has the trait. */
    record MaxShare(BigDecimal percent, Trait of) implements Limit {

        public MaxShare {
            percent = share(percent);
        }
    }

    /** At most so many of the awards have the trait, 0 to 10,000. */
    record MaxItems(int count, Trait of) implements Limit {

        public MaxItems {
            if (count < 0 || count > 10_000) {
                throw new IllegalArgumentException("A number of awards is from 0 to 10,000.");
            }
        }
    }

    /** At most this much of the sum has the trait. */
    record MaxSum(BigDecimal sum, Trait of) implements Limit {

        public MaxSum {
            sum = CreditSum.amount(sum);
        }
    }

    /** The awards come from at least so many groups: of "track" there is one for each label that begins with "track:". 2 to 100. */
    record DistinctGroups(int count, String by) implements Limit {

        public DistinctGroups {
            if (count < 2 || count > 100) {
                throw new IllegalArgumentException("A number of groups is from 2 to 100.");
            }
            if (by.isBlank() || by.length() > 50 || by.contains(":")) {
                throw new IllegalArgumentException("Groups have the name of a label's key, in 1 to 50 characters.");
            }
        }
    }

    private static BigDecimal share(BigDecimal percent) {
        var share = percent.stripTrailingZeros();
        if (share.signum() < 0 || share.compareTo(BigDecimal.valueOf(100)) > 0 || share.scale() > 2) {
            throw new IllegalArgumentException("A share is from 0 to 100 percent, with at most two decimals.");
        }
        return share;
    }
}
