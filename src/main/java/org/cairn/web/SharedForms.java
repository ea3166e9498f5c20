package org.cairn.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cairn.award.Award;
import org.cairn.catalog.Catalogue;
import org.cairn.openbadges.Credential;
import org.cairn.openbadges.Credentials;
import org.cairn.openbadges.SharedLink;
import org.cairn.openbadges.SharedLinks;
import org.jooq.DSLContext;

/** The signed forms of an award, with what its learner shows of them and to whom. */
final class SharedForms {

    private final Credentials credentials;
    private final Catalogue catalogue;
    private final Award award;

    /** What it is called. */
    private final String name;

    SharedForms(Credentials credentials, Catalogue catalogue, Award award, String name) {
        this.credentials = credentials;
        this.catalogue = catalogue;
        this.award = award;
        this.name = name;
    }

    /** Those that are not bound to a wallet; {@code path} is that of the award's page. */
    List<SharedForm> list(DSLContext db, String path, Instant now) {
        var all = credentials.list(db, award.tenant(), List.of(award.id()));
        var forms = all.stream().filter(one -> one.wallet() == null).toList();
        var links = SharedLinks.open(
                        db, award.tenant(), forms.stream().map(Credential::id).toList(), now)
                .stream()
                .collect(Collectors.groupingBy(SharedLink::credential));
        return forms.stream()
                .map(one -> form(one, path, wallets(one, all), links.getOrDefault(one.id(), List.of())))
                .toList();
    }

    private static int wallets(Credential form, List<Credential> all) {
        return (int) all.stream()
                .filter(one -> one.wallet() != null && one.told().isLike(form.told()))
                .count();
    }

    private SharedForm form(Credential credential, String path, int wallets, List<SharedLink> links) {
        return new SharedForm(
                credential.id().value(),
                SharedForm.tells(credential),
                credential.told().name(),
                credential.isShown(),
                credential.told().evidence(),
                credentials.addresses().verification(credential.id()),
                path + "/credentials/" + credential.id(),
                linkedIn(credential),
                wallets,
                links.stream().map(this::link).toList());
    }

    private SharedForm.Link link(SharedLink link) {
        return new SharedForm.Link(
                link.id(), link.note(), Days.of(link.createdAt(), zone()), Days.of(link.endsAt(), zone()));
    }

    /** Nothing is sent before she follows it. */
    private String linkedIn(Credential credential) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("startTask", "CERTIFICATION_NAME");
        fields.put("name", name);
        fields.put("organizationName", catalogue.issuer().name());
        month(fields, "issue", award.awardedAt().atZone(zone()));
        if (award.expiresAt() != null) {
            month(fields, "expiration", award.expiresAt().atZone(zone()));
        }
        fields.put("certUrl", credentials.addresses().verification(credential.id()));
        fields.put("certId", credential.id().value());
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "https://www.linkedin.com/profile/add?", ""));
    }

    private static void month(Map<String, String> fields, String what, ZonedDateTime day) {
        fields.put(what + "Year", String.valueOf(day.getYear()));
        fields.put(what + "Month", String.valueOf(day.getMonthValue()));
    }

    private ZoneId zone() {
        return catalogue.timeZone();
    }
}
