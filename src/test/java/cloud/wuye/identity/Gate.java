package cloud.wuye.identity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * The road to a Keycloak, which a test can break: down altogether, or at the n-th changing request, before it arrives or
 * after, when only the answer is lost. Orders and counts stand in system properties, because Quarkus loads test classes
 * in more than one class loader.
 */
final class Gate {
    private static final String DOWN = "wuye.test.gate.down";
    private static final String BREAK_AT = "wuye.test.gate.break-at";
    private static final String BREAK_AFTER = "wuye.test.gate.break-after";
    private static final String CHANGES = "wuye.test.gate.changes";
    private static final Set<String> HOP =
            Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "http2-settings", ":status");

    private final HttpServer server;
    private final URI behind;
    private final HttpClient client = HttpClient.newHttpClient();

    private Gate(HttpServer server, URI behind) {
        this.server = server;
        this.behind = behind;
    }

    static Gate before(URI keycloak) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Gate gate = new Gate(server, keycloak);
            server.createContext("/", gate::pass);
            server.setExecutor(Executors.newCachedThreadPool(work -> {
                Thread thread = new Thread(work, "gate");
                thread.setDaemon(true);
                return thread;
            }));
            server.start();
            return gate;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    void close() {
        server.stop(0);
    }

    /** Everything passes; the count of changes begins anew. */
    static void open() {
        System.clearProperty(DOWN);
        System.clearProperty(BREAK_AT);
        System.clearProperty(BREAK_AFTER);
        System.clearProperty(CHANGES);
    }

    /** Nothing passes. */
    static void shut() {
        System.setProperty(DOWN, "true");
    }

    /** The n-th changing request from now on, counted from 1, and all that follow do not arrive. */
    static void breakBefore(int change) {
        open();
        System.setProperty(BREAK_AT, String.valueOf(change));
    }

    /** The n-th changing request from now on arrives but its answer is lost; nothing that follows arrives. */
    static void breakAfter(int change) {
        open();
        System.setProperty(BREAK_AT, String.valueOf(change + 1));
        System.setProperty(BREAK_AFTER, String.valueOf(change));
    }

    /** How many changing requests came by since {@link #open}. */
    static int changes() {
        return Integer.getInteger(CHANGES, 0);
    }

    private void pass(HttpExchange exchange) throws IOException {
        // Closing without an answer is what a cut connection looks like.
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            int change = changing(exchange) ? count() : 0;
            if (Boolean.getBoolean(DOWN) || change >= Integer.getInteger(BREAK_AT, Integer.MAX_VALUE)) {
                return;
            }
            HttpResponse<byte[]> answer = forward(exchange, body);
            if (change > 0 && change == Integer.getInteger(BREAK_AFTER, -1)) {
                return;
            }
            answer.headers().map().forEach((name, values) -> values.stream()
                    .filter(value -> !HOP.contains(name.toLowerCase(Locale.ROOT)))
                    .forEach(value -> exchange.getResponseHeaders().add(name, value)));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(behind.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> values.stream()
                .filter(value -> !HOP.contains(name.toLowerCase(Locale.ROOT)))
                .forEach(value -> request.header(name, value)));
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static boolean changing(HttpExchange exchange) {
        return exchange.getRequestURI().getPath().startsWith("/admin/") && !"GET".equals(exchange.getRequestMethod());
    }

    private static synchronized int count() {
        int now = changes() + 1;
        System.setProperty(CHANGES, String.valueOf(now));
        return now;
    }
}
