package cloud.wuye.platform.export;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Use case: somebody asks for a list as a file. */
@ApplicationScoped
class RequestExport {
    static final String SUBJECT = "Export";
    private static final Set<String> FIELDS = Set.of("list", "format", "filter", "language");

    private final ExportLists lists;
    private final ExportFilters filters;
    private final Exports exports;
    private final ExportConfig config;
    private final Audit audit;
    private final Db db;
    private final ObjectMapper mapper;

    RequestExport(
            ExportLists lists,
            ExportFilters filters,
            Exports exports,
            ExportConfig config,
            Audit audit,
            Db db,
            ObjectMapper mapper) {
        this.lists = lists;
        this.filters = filters;
        this.exports = exports;
        this.config = config;
        this.audit = audit;
        this.db = db;
        this.mapper = mapper;
    }

    /**
     * Puts it in the queue.
     *
     * @param body the request as JSON; VALIDATION names the field at fault
     * @param locale the language unless the request names one
     */
    Uni<Export> request(Caller caller, String body, Locale locale) {
        ExportRequest request = read(caller, body, locale);
        return db.writeSql(tx -> exports.open(tx, caller.requireTenant())
                .invoke(open -> {
                    if (open >= config.mostOpen()) {
                        throw new Problem(ProblemCode.EXPORT_TOO_MANY, null, open);
                    }
                })
                .chain(() -> exports.add(tx, caller, request))
                .call(added -> audit.record(
                        tx,
                        caller,
                        "export.start",
                        SUBJECT,
                        added.id(),
                        null,
                        Map.of("list", added.list(), "format", added.format(), "filter", added.filter()),
                        null)));
    }

    private ExportRequest read(Caller caller, String body, Locale locale) {
        JsonNode request = object(body);
        ExportList<?, ?> list = lists.find(text(request, "list"))
                .orElseThrow(() -> new Problem(ProblemCode.VALIDATION, "list", "∉ " + lists.names()));
        if (list.roles().stream().noneMatch(caller::is)) {
            throw new Problem(ProblemCode.FORBIDDEN);
        }
        JsonNode filter = request.path("filter");
        String json = filter.isMissingNode() || filter.isNull() ? "{}" : filter.toString();
        ExportFormat format = one(ExportFormat.class, text(request, "format"), "format");
        ExportLanguage language = request.path("language").isMissingNode()
                ? Locale.ENGLISH.getLanguage().equals(locale.getLanguage()) ? ExportLanguage.EN : ExportLanguage.ZH
                : one(ExportLanguage.class, text(request, "language").toUpperCase(Locale.ROOT), "language");
        if (filters.read(list, json) == null) {
            throw new Problem(ProblemCode.VALIDATION, "filter", "null");
        }
        return new ExportRequest(list, format, json, language);
    }

    private JsonNode object(String body) {
        JsonNode request;
        try {
            request = mapper.readTree(body);
        } catch (JsonProcessingException e) {
            throw new Problem(ProblemCode.BAD_REQUEST, null, "JSON");
        }
        if (request == null || !request.isObject()) {
            throw new Problem(ProblemCode.BAD_REQUEST, null, "JSON");
        }
        for (Iterator<String> names = request.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                throw new Problem(ProblemCode.VALIDATION, name, name);
            }
        }
        return request;
    }

    private static String text(JsonNode request, String field) {
        JsonNode value = request.path(field);
        if (!value.isTextual()) {
            throw new Problem(ProblemCode.VALIDATION, field, field);
        }
        return value.asText();
    }

    private static <E extends Enum<E>> E one(Class<E> type, String word, String field) {
        try {
            return Enum.valueOf(type, word);
        } catch (IllegalArgumentException e) {
            throw new Problem(ProblemCode.VALIDATION, field, word + " ∉ " + Set.of(type.getEnumConstants()));
        }
    }
}
