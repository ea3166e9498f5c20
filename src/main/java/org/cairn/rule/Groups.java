package org.cairn.rule;

/** What every kind of group has: how many of its parts it wants, and the place of each as {@link RequirementJson} writes it. */
final class Groups {

    private Groups() {}

    /** How many parts have to be met; 0 for what is no group. */
    static int wanted(Requirement requirement) {
        return switch (requirement) {
            case AllOf all -> Math.max(1, all.of().size());
            case AnyOf any -> 1;
            case AtLeast some -> some.count();
            case OneBranch one -> 1;
            case InOrder order -> Math.max(1, order.of().size());
            case Separately separately -> Math.max(1, separately.of().size());
            case Within within -> 1;
            case Score score -> 0;
            case Completed completed -> 0;
            case Holds holds -> 0;
            case CreditSum sum -> 0;
            case Mean mean -> 0;
            case Hours hours -> 0;
            case Approved approved -> 0;
            case Member member -> 0;
        };
    }

    /** {@code rule.allOf[1]} for the second part of an AllOf that stands at {@code rule}. */
    static String place(String path, Requirement group, int part) {
        return switch (group) {
            case AllOf all -> path + ".allOf[" + part + "]";
            case AnyOf any -> path + ".anyOf[" + part + "]";
            case AtLeast some -> path + ".of[" + part + "]";
            case OneBranch one -> path + ".oneBranch[" + part + "].asks";
            case InOrder order -> path + ".inOrder[" + part + "]";
            case Separately separately -> path + ".separately[" + part + "]";
            case Within within -> path + ".asks";
            case Score score -> path;
            case Completed completed -> path;
            case Holds holds -> path;
            case CreditSum sum -> path;
            case Mean mean -> path;
            case Hours hours -> path;
            case Approved approved -> path;
            case Member member -> path;
        };
    }
}
