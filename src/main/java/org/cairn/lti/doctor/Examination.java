package org.cairn.lti.doctor;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.cairn.lti.Deployment;
import org.cairn.lti.Platform;

/**
 * What the doctor found about one deployment, in the order of the hops.
 *
 * @param isWhole whether other systems were asked; where not, only what is remembered is in it
 */
public record Examination(
        Instant at, Platform platform, Deployment deployment, boolean isWhole, List<Finding> findings) {

    public Examination {
        findings =
                findings.stream().sorted(Comparator.comparing(Finding::check)).toList();
    }

    /** The worst of a hop's findings; empty where nothing was looked at. */
    public Optional<Finding.State> state(Hop hop) {
        return of(hop).stream().map(Finding::state).max(Comparator.naturalOrder());
    }

    public List<Finding> of(Hop hop) {
        return findings.stream().filter(finding -> finding.check().hop() == hop).toList();
    }

    /** Whether nothing is broken. */
    public boolean isHealthy() {
        return findings.stream().noneMatch(finding -> finding.state() == Finding.State.FAILED);
    }

    /** The first hop that is broken, from the browser on; empty where none is. */
    public Optional<Hop> broken() {
        return findings.stream()
                .filter(finding -> finding.state() == Finding.State.FAILED)
                .map(finding -> finding.check().hop())
                .findFirst();
    }
}
