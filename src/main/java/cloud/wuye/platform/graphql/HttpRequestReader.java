package cloud.wuye.platform.graphql;

import cloud.wuye.platform.problem.ProblemCode;
import io.smallrye.graphql.JsonProviderHolder;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads what an HTTP request asks, or refuses it. */
final class HttpRequestReader {
    private static final JsonReaderFactory READERS = JsonProviderHolder.JSON_PROVIDER.createReaderFactory(Map.of());

    private final GraphQLConfig config;

    HttpRequestReader(GraphQLConfig config) {
        this.config = config;
    }

    /** The request in a query string. */
    JsonObject get(RoutingContext http) {
        MultiMap parameters = http.queryParams();
        JsonObjectBuilder request = JsonProviderHolder.JSON_PROVIDER.createObjectBuilder();
        for (String text : List.of("query", "operationName")) {
            if (parameters.contains(text)) {
                request.add(text, parameters.get(text));
            }
        }
        for (String map : List.of("variables", "extensions")) {
            String value = parameters.get(map);
            if (value != null && !value.isEmpty()) {
                request.add(map, value.equals("null") ? JsonValue.NULL : json(value));
            }
        }
        return request.build();
    }

    /** The request, or array of requests, in a body. */
    JsonStructure post(RoutingContext http) {
        requireUtf8Json(http.request().getHeader("Content-Type"));
        Buffer body = http.body() == null ? null : http.body().buffer();
        if (body == null || body.length() == 0) {
            throw new HttpRefusal(400, ProblemCode.BAD_REQUEST, "body");
        }
        JsonStructure request = json(utf8(body));
        if (request instanceof JsonArray batch) {
            requireBatch(batch);
        }
        return request;
    }

    HttpRefusal tooLarge() {
        return new HttpRefusal(413, ProblemCode.REQUEST_TOO_LARGE, config.maxRequestBytes());
    }

    private void requireBatch(JsonArray batch) {
        if (batch.size() > config.maxBatch()) {
            throw new HttpRefusal(400, ProblemCode.BATCH_TOO_LARGE, config.maxBatch());
        }
        if (batch.isEmpty() || !batch.stream().allMatch(JsonObject.class::isInstance)) {
            throw new HttpRefusal(400, ProblemCode.BAD_REQUEST, "[]");
        }
    }

    private static void requireUtf8Json(String contentType) {
        String[] parts = contentType == null
                ? new String[] {""}
                : contentType.toLowerCase(Locale.ROOT).split(";");
        boolean fits = parts[0].trim().equals("application/json");
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].trim().replace("\"", "");
            fits &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
        }
        if (!fits) {
            throw new HttpRefusal(415, ProblemCode.UNSUPPORTED_MEDIA_TYPE);
        }
    }

    private static String utf8(Buffer body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.getBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new HttpRefusal(400, ProblemCode.BAD_REQUEST, "UTF-8");
        }
    }

    private static JsonStructure json(String text) {
        try (var reader = READERS.createReader(new StringReader(text))) {
            return reader.read();
        } catch (JsonException e) {
            throw new HttpRefusal(400, ProblemCode.BAD_REQUEST, "JSON");
        }
    }
}
