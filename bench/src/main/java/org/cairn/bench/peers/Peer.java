package org.cairn.bench.peers;

import java.util.function.BooleanSupplier;

/** A way to decide the sample's rule. */
interface Peer {

    /** Prepares the learner who meets the rule, or the one who does not, in the form that suits this peer best; only what is returned is timed. */
    BooleanSupplier decision(boolean met);
}
