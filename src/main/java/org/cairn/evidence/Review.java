package org.cairn.evidence;

import java.time.Instant;
import org.cairn.HandInId;
import org.cairn.LearnerId;

/**
 * What somebody answered to what was handed in.
 *
 * @param reviewer the person behind the account that answered: somebody with two accounts is one reviewer
 * @param isApproved whether it was found to be enough, or else sent back
 * @param independent whether the reviewer did not teach the course then
 */
public record Review(
        HandInId handIn, LearnerId reviewer, boolean isApproved, boolean independent, String reason, Instant at) {}
