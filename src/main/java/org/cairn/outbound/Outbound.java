package org.cairn.outbound;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.cairn.Problem;

/**
 * The one way out of the house. HTTPS only, to public addresses only: an address is checked after its name was resolved, and the
 * address that was checked is the one that is used, so that no name can lead inside. No redirects; five seconds for a whole call,
 * body included; bodies up to 1 MB. A call whose answer is expected to be large has six times as long, and 8 MB: Moodle gives a course's
 * grades in one piece only. Safe for many threads.
 */
public final class Outbound implements AutoCloseable {

    /** The code of the problem that nobody answered at all, which says nothing about what there is. */
    public static final String UNREACHABLE = "upstream_unreachable";

    static final int MEGABYTE = 1024 * 1024;
    private static final int LARGE = 8;
    private static final int PATIENCE = 6;

    private static final Http1Config HEADERS = Http1Config.custom()
            .setMaxLineLength(64 * 1024)
            .setMaxHeaderCount(200)
            .build();

    /** How names become addresses; a test brings its own. */
    interface Names {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final boolean allowLoopback;
    private final Duration deadline;
    private final Names names;
    private final CloseableHttpClient client;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

    /** {@code allowLoopback} is for development: it permits http and addresses of this machine, and no other private ones. */
    public Outbound(boolean allowLoopback, String userAgent) {
        this(allowLoopback, userAgent, Duration.ofSeconds(5), InetAddress::getAllByName);
    }

    Outbound(boolean allowLoopback, String userAgent, Duration deadline, Names names) {
        this.allowLoopback = allowLoopback;
        this.deadline = deadline;
        this.names = names;
        var timeout = Timeout.of(deadline);
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(HEADERS)
                        .build())
                .setDnsResolver(new CheckedResolver())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .setTimeToLive(Timeout.ofMinutes(1))
                        .build())
                .setMaxConnTotal(64)
                .setMaxConnPerRoute(16)
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(connections)
                .setUserAgent(userAgent)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /** The answer, whatever its status. Throws Problem UPSTREAM where there is none that we would take, saying why. */
    public Answer send(Call call) {
        refuseForeign(call.uri());
        var request = request(call);
        int megabytes = call.isLarge() ? LARGE : 1;
        // On a thread of its own: looking a name up listens to no timeout and no abort.
        var answer = calls.submit(() -> client.execute(request, response -> answer(response, megabytes)));
        try {
            return answer.get(patience(call).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(call, requireNonNull(e.getCause()));
        } catch (TimeoutException e) {
            request.abort();
            throw late(call);
        } catch (InterruptedException e) {
            request.abort();
            Thread.currentThread().interrupt();
            throw late(call);
        }
    }

    private Duration patience(Call call) {
        return call.isLarge() ? deadline.multipliedBy(PATIENCE) : deadline;
    }

    private HttpUriRequestBase request(Call call) {
        var request = new HttpUriRequestBase(call.method(), call.uri());
        request.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(deadline))
                .setResponseTimeout(Timeout.of(patience(call)))
                .build());
        call.headers().forEach(request::setHeader);
        if (call.body().length > 0) {
            var type = ContentType.parse(call.headers().getOrDefault("Content-Type", "application/octet-stream"));
            request.setEntity(new ByteArrayEntity(call.body(), type));
        }
        return request;
    }

    /** The body of a successful answer. Throws Problem UPSTREAM otherwise. */
    public byte[] get(URI uri, String accept) {
        var answer = send(Call.get(uri, accept));
        if (!answer.isSuccess()) {
            throw upstream("%s answered with status %d.".formatted(uri.getHost(), answer.status()), "");
        }
        return answer.body();
    }

    @Override
    public void close() {
        calls.shutdownNow();
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void refuseForeign(URI uri) {
        var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || uri.getUserInfo() != null) {
            throw upstream("An address to be called names no host.", "");
        }
        if (!scheme.equals("https") && !(allowLoopback && scheme.equals("http"))) {
            throw upstream("%s is not an https address, and Cairn calls no other.".formatted(uri.getHost()), "");
        }
    }

    private static Answer answer(ClassicHttpResponse response, int megabytes) throws IOException {
        var headers = new HashMap<String, List<String>>();
        for (var header : response.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(header.getValue());
        }
        var entity = response.getEntity();
        return new Answer(
                response.getCode(),
                Map.copyOf(headers),
                entity == null ? new byte[0] : read(entity.getContent(), megabytes * MEGABYTE));
    }

    private static byte[] read(InputStream content, int largest) throws IOException {
        byte[] body = content.readNBytes(largest + 1);
        if (body.length > largest) {
            throw new TooLong();
        }
        return body;
    }

    private Problem failure(Call call, Throwable cause) {
        var uri = call.uri();
        return switch (cause) {
            case RefusedAddress e ->
                upstream(
                        "%s is an address inside a private network, and Cairn calls none of those."
                                .formatted(uri.getHost()),
                        "");
            case TooLong e ->
                upstream(
                        "%s answered with more than %d MB, and Cairn reads no more."
                                .formatted(uri.getHost(), call.isLarge() ? LARGE : 1),
                        "");
            case InterruptedIOException e -> late(call);
            default ->
                unreachable(
                        "%s could not be reached or its answer not be read.".formatted(uri.getHost()),
                        cause.getClass().getSimpleName());
        };
    }

    private Problem late(Call call) {
        return unreachable(
                "%s did not answer within %d seconds."
                        .formatted(call.uri().getHost(), patience(call).toSeconds()),
                "");
    }

    private static Problem unreachable(String sentence, String detail) {
        return new Problem(Problem.Kind.UPSTREAM, UNREACHABLE, sentence, detail);
    }

    private static Problem upstream(String sentence, String detail) {
        return new Problem(Problem.Kind.UPSTREAM, "upstream_failed", sentence, detail);
    }

    private static final class TooLong extends IOException {}

    private static final class RefusedAddress extends UnknownHostException {
        RefusedAddress(String host) {
            super(host);
        }
    }

    private final class CheckedResolver implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            var addresses = names.resolve(host);
            for (var address : addresses) {
                // One bad address among good ones is reason enough: it is how a name is made to change its mind.
                if (!isAllowed(address)) {
                    throw new RefusedAddress(host);
                }
            }
            return addresses;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    private boolean isAllowed(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return allowLoopback;
        }
        byte[] bytes = address.getAddress();
        return !(address.isAnyLocalAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || (bytes.length == 4 ? isReserved(bytes) : !isGlobal(bytes)));
    }

    // What InetAddress does not know of IPv4: "this" network, future use, shared address space (RFC 6598), protocol
    // assignments, benchmarking.
    private static boolean isReserved(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        return first == 0
                || first >= 240
                || (first == 100 && (second & 0xc0) == 64)
                || (first == 192 && second == 0 && bytes[2] == 0)
                || (first == 198 && (second & 0xfe) == 18);
    }

    // Global unicast is 2000::/3; of that, 2001::/23 (Teredo among others) and 2002::/16 (6to4) carry IPv4 addresses,
    // as do NAT64
    // and what is mapped or compatible, outside of it.
    private static boolean isGlobal(byte[] bytes) {
        boolean isTunnel = bytes[0] == 0x20 && (bytes[1] == 0x02 || (bytes[1] == 0x01 && (bytes[2] & 0xfe) == 0));
        return (bytes[0] & 0xe0) == 0x20 && !isTunnel;
    }
}
