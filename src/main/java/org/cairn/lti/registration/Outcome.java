package org.cairn.lti.registration;

import java.util.List;
import org.cairn.lti.Deployment;
import org.cairn.lti.Platform;
import org.jspecify.annotations.Nullable;

/**
 * What became of a registration or of its change.
 *
 * @param platform null where nothing was registered
 * @param deployment null where nothing was registered, or where the LMS's installations are to be approved one by one
 * @param status of the LMS's answer; 0 where there was none
 * @param answer what the LMS answered, for people to read; untrusted text
 * @param cause why nothing was registered and what helps; empty where all is well
 * @param next what the LMS's administrator does now; empty where nothing was registered
 * @param origins whose pages may show this in a frame
 */
public record Outcome(
        @Nullable Platform platform,
        @Nullable Deployment deployment,
        int status,
        String answer,
        String cause,
        String next,
        List<String> origins) {

    public boolean isSuccess() {
        return cause.isEmpty();
    }
}
