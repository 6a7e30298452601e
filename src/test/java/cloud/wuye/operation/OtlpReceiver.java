package cloud.wuye.operation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** A collector of traces: takes OTLP over HTTP and keeps the spans. */
final class OtlpReceiver implements AutoCloseable {
    private static final int RESOURCE_SPANS = 1;
    private static final int SCOPE_SPANS = 2;
    private static final int SPANS = 2;
    private static final int TRACE_ID = 1;
    private static final int NAME = 5;
    private static final int ATTRIBUTES = 9;
    private static final int KEY = 1;
    private static final int VALUE = 2;
    private static final int STRING_VALUE = 1;

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();

    /**
     * A span as it arrived.
     *
     * @param attributes those that are texts
     */
    record Span(String name, String traceId, Map<String, String> attributes) {}

    OtlpReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Span> spans() {
        return spans;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            InputStream body = zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
            Protobuf.of(body.readAllBytes())
                    .messages(RESOURCE_SPANS)
                    .flatMap(resource -> resource.messages(SCOPE_SPANS))
                    .flatMap(scope -> scope.messages(SPANS))
                    .map(OtlpReceiver::span)
                    .forEach(spans::add);
            exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static Span span(Protobuf span) {
        Map<String, String> attributes = new HashMap<>();
        span.messages(ATTRIBUTES).forEach(attribute -> {
            List<String> texts = new ArrayList<>();
            attribute.messages(VALUE).forEach(value -> texts.addAll(value.texts(STRING_VALUE)));
            texts.forEach(text -> attributes.put(attribute.texts(KEY).get(0), text));
        });
        return new Span(span.texts(NAME).get(0), span.hex(TRACE_ID), attributes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
