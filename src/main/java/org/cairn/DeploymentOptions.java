package org.cairn;

import org.cairn.lti.Deployment;
import org.cairn.lti.PlatformStore;
import org.jooq.DSLContext;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which deployment a command is about, by the LMS's names. */
final class DeploymentOptions {

    @Mixin
    App.Settings settings = new App.Settings();

    @Option(names = "--issuer", required = true, description = "The LMS's issuer, as in lti-config/platforms.")
    String issuer = "";

    @Option(names = "--client-id", required = true)
    String clientId = "";

    @Option(names = "--deployment", required = true, description = "The LMS's deployment_id.")
    String deployment = "";

    /** Throws Problem NOT_FOUND where there is none. */
    Deployment find(DSLContext db) {
        return PlatformStore.find(db, issuer, clientId)
                .flatMap(platform -> PlatformStore.findDeployment(db, platform.id(), deployment))
                .orElseThrow(
                        () -> new Problem(
                                Problem.Kind.NOT_FOUND,
                                "deployment_unknown",
                                "No such deployment is known; compare issuer, client id and deployment with the page of the platform."));
    }
}
