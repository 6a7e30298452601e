package cloud.wuye.platform.export;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerHttpResponse;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Sends a file part by part, the next one when the last one is off, with the length said beforehand: neither a thread nor more
 * memory than a part waits for a slow reader. The framework's own streams cannot say their length.
 */
@Provider
public class ExportFileWriter implements ServerMessageBodyWriter<ExportFile> {
    private static final Logger LOG = Logger.getLogger(ExportFileWriter.class);

    @Override
    public boolean isWriteable(Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return type == ExportFile.class;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type == ExportFile.class;
    }

    @Override
    public void writeResponse(ExportFile file, Type generic, ServerRequestContext context) {
        ResteasyReactiveRequestContext request = (ResteasyReactiveRequestContext) context;
        request.suspend();
        ServerHttpResponse response = context.serverResponse();
        response.setResponseHeader(
                HttpHeaders.CONTENT_LENGTH, String.valueOf(file.range().length()));
        send(file, file.range().from(), response)
                .subscribe()
                .with(
                        done -> {
                            response.end();
                            request.resume();
                        },
                        failure -> {
                            LOG.warnf(failure, "a download broke off");
                            // Fewer bytes than were said: the client must see that it has not got all.
                            request.unwrap(RoutingContext.class)
                                    .request()
                                    .connection()
                                    .close();
                            request.resume();
                        });
    }

    @Override
    public void writeTo(
            ExportFile file,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out) {
        throw new UnsupportedOperationException("only the reactive server sends files");
    }

    private static Uni<Void> send(ExportFile file, long place, ServerHttpResponse response) {
        if (place >= file.range().to()) {
            return Uni.createFrom().voidItem();
        }
        return file.at(place)
                .chain(bytes -> written(response, bytes).chain(() -> send(file, place + bytes.length, response)));
    }

    private static Uni<Void> written(ServerHttpResponse response, byte[] bytes) {
        return Uni.createFrom()
                .emitter(emitter -> response.write(bytes, failure -> {
                    if (failure == null) {
                        emitter.complete(null);
                    } else {
                        emitter.fail(failure);
                    }
                }));
    }
}
