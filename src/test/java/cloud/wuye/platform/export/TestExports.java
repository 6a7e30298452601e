package cloud.wuye.platform.export;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Exports for tests elsewhere. The ticker is off in tests. */
@ApplicationScoped
public class TestExports {
    private final RunExports run;

    TestExports(RunExports run) {
        this.run = run;
    }

    /** A column of a list: how it is called, and what its cells are. */
    public record Column(String zh, String en, String kind) {}

    /** The columns of a list, left to right. */
    public static List<Column> columns(ExportList<?, ?> list) {
        return list.columns().stream()
                .map(each -> new Column(
                        each.title().zh(), each.title().en(), each.kind().name()))
                .toList();
    }

    /** Runs whatever waits, to its end. */
    public void runAll() {
        try {
            while (subscribeAndAwait(run::runAll) > 0) {}
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Asks for a list as a file and makes it; gives the export's id. */
    public String made(String token, String list, String format, Map<String, ?> filter, String language) {
        String id = asked(token, list, format, filter, language);
        runAll();
        return id;
    }

    /** Asks for a list as a file; gives the export's id. */
    public static String asked(String token, String list, String format, Map<String, ?> filter, String language) {
        return ask(token, Map.of("list", list, "format", format, "filter", filter, "language", language))
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    /** Asks with this body. */
    public static Response ask(String token, Object body) {
        return as(token).contentType(ContentType.JSON).body(body).post("/api/exports");
    }

    /** The whole file. */
    public static byte[] file(String token, String id) {
        return as(token)
                .get("/api/exports/" + id + "/file")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
    }

    /** All that a file says: of a workbook, which is a ZIP, all entries. */
    public static String text(byte[] file) {
        if (file[0] != 'P' || file[1] != 'K') {
            return new String(file, StandardCharsets.UTF_8);
        }
        StringBuilder text = new StringBuilder();
        try {
            Path copy = Files.createTempFile("export", ".xlsx");
            Files.write(copy, file);
            try (ZipFile zip = new ZipFile(copy.toFile())) {
                for (ZipEntry entry : Collections.list(zip.entries())) {
                    text.append(entry.getName())
                            .append('\n')
                            .append(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            Files.delete(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** A request with this token. */
    public static RequestSpecification as(String token) {
        return given().auth().oauth2(token);
    }
}
