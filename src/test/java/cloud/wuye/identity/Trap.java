package cloud.wuye.identity;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that answers everything with one set of keys, and counts who asked: an attacker's, or a late Keycloak. */
final class Trap implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger visitors = new AtomicInteger();

    Trap(String keys) {
        this(0, keys);
    }

    Trap(int port, String keys) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.createContext("/", exchange -> {
                visitors.incrementAndGet();
                byte[] body = keys.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    int visitors() {
        return visitors.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
