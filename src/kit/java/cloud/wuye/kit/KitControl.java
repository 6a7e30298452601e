package cloud.wuye.kit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stops and starts single servers while the kit runs, for tests of what the service does without them. One POST each,
 * with the kit's token; answers 200 when it is done.
 *
 * <pre>
 * /postgres/stop   /postgres/start   /postgres/kill   /postgres/create/{database}   /postgres/drop/{database}
 * /keycloak/start  /keycloak/stop  (start answers when Keycloak is ready)
 * /mqtt/stop       /mqtt/start       /mqtt/auth-url (the body is the new one)
 * </pre>
 */
final class KitControl {
    private final HttpServer server;
    private final ExecutorService workers = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "kit-control");
        thread.setDaemon(true);
        return thread;
    });
    private final KitServices services;
    private final String token;

    private KitControl(KitServices services, String token, HttpServer server) {
        this.services = services;
        this.token = token;
        this.server = server;
    }

    static KitControl start(KitServices services, String token) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            KitControl control = new KitControl(services, token, server);
            server.createContext("/", control::answer);
            server.setExecutor(control.workers);
            server.start();
            return control;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the control address", e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void stop() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            int status = 200;
            String text = "done";
            if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                status = 401;
                text = "the token of kit.properties is wanted";
            } else {
                try {
                    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                    if (!obey(exchange.getRequestURI().getPath().substring(1).split("/"), body)) {
                        status = 404;
                        text = "no such act";
                    }
                } catch (KitException | UncheckedIOException e) {
                    status = 500;
                    text = String.valueOf(e.getMessage());
                }
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private boolean obey(String[] path, String body) {
        return path.length >= 2
                && switch (path[0]) {
                    case "postgres" -> postgres(path[1], path.length > 2 ? path[2] : "");
                    case "mqtt" -> mqtt(path[1], body);
                    case "keycloak" -> keycloak(path[1]);
                    default -> false;
                };
    }

    private boolean keycloak(String act) {
        switch (act) {
            case "start" -> services.keycloak().start();
            case "stop" -> services.keycloak().stop();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean mqtt(String act, String body) {
        switch (act) {
            case "stop" -> services.broker().stop();
            case "start" -> services.broker().start();
            case "auth-url" -> services.deviceCheck().askAt(body.trim());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean postgres(String act, String database) {
        EmbeddedPostgres postgres = services.postgres();
        switch (act) {
            case "stop" -> postgres.stop();
            case "start" -> postgres.start();
            case "kill" -> postgres.kill();
            case "create" -> postgres.createDatabase(database);
            case "drop" -> postgres.dropDatabase(database);
            default -> {
                return false;
            }
        }
        return true;
    }
}
