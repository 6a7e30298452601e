package cloud.wuye.platform.export;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;

/** The door to lists as files. Downloads do not fit GraphQL. */
@Path(ExportResource.PATH)
public class ExportResource {
    static final String PATH = "/api/exports";
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss");
    private static final int PARTIAL = 206;
    private static final int NOT_SATISFIABLE = 416;
    private static final int LONGEST_REQUEST = 65_536;

    private final RequestExport request;
    private final DropExport drop;
    private final TakeFile takeFile;
    private final Exports exports;
    private final ExportConfig config;
    private final Db db;
    private final CurrentCaller currentCaller;

    ExportResource(
            RequestExport request,
            DropExport drop,
            TakeFile takeFile,
            Exports exports,
            ExportConfig config,
            Db db,
            CurrentCaller currentCaller) {
        this.request = request;
        this.drop = drop;
        this.takeFile = takeFile;
        this.exports = exports;
        this.config = config;
        this.db = db;
        this.currentCaller = currentCaller;
    }

    /** Asks for a file: {@code {list, format, filter, language}}; which roles may have which list, the list says. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    public Uni<Response> start(String body, HttpHeaders headers) {
        if (body.length() > LONGEST_REQUEST) {
            throw new Problem(ProblemCode.REQUEST_TOO_LARGE, null, LONGEST_REQUEST);
        }
        return request.request(currentCaller.get(), body, locale(headers))
                .map(export -> Response.accepted(view(export, headers))
                        .location(URI.create(PATH + "/" + export.id()))
                        .header(HttpHeaders.RETRY_AFTER, 1)
                        .build());
    }

    /** How far it is. */
    @GET
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    public Uni<Response> look(@RestPath UUID id, HttpHeaders headers) {
        Caller caller = currentCaller.get();
        return db.readSql(tx -> exports.find(tx, caller, id)).map(export -> {
            if (export == null) {
                throw new Problem(ProblemCode.NOT_FOUND, null, id);
            }
            Response.ResponseBuilder response = Response.ok(view(export, headers));
            return (export.state().isOpen() ? response.header(HttpHeaders.RETRY_AFTER, 1) : response)
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .build();
        });
    }

    /** The file, or the range of it that is asked for. */
    @GET
    @Path("/{id}/file")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    public Uni<Response> fetch(
            @RestPath UUID id,
            @HeaderParam("Range") String range,
            @HeaderParam("If-Range") String ifRange,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String known) {
        return takeFile.take(currentCaller.get(), id, export -> {
                    String etag = etag(export);
                    boolean has =
                            known != null && List.of(known.split("\\s*,\\s*")).contains(etag);
                    return has ? null : ByteRange.of(range, ifRange, etag, export.bytes());
                })
                .map(this::answer);
    }

    /** Cancels one that is under way; removes one that is not, with its file. */
    @DELETE
    @Path("/{id}")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    public Uni<Response> drop(@RestPath UUID id) {
        return drop.drop(currentCaller.get(), id)
                .map(done -> Response.noContent().build());
    }

    private Response answer(TakeFile.Given given) {
        Export export = given.export();
        ByteRange wanted = given.wanted();
        long size = export.bytes();
        Response.ResponseBuilder response;
        if (wanted == null) {
            response = Response.notModified();
        } else if (wanted.isEmpty()) {
            response = Response.status(NOT_SATISFIABLE).header("Content-Range", "bytes */" + size);
        } else {
            response = Response.status(wanted.part() ? PARTIAL : Response.Status.OK.getStatusCode())
                    .entity(takeFile.file(given))
                    .type(export.format().mediaType())
                    .header(HttpHeaders.CONTENT_DISPOSITION, disposition(export));
            if (wanted.part()) {
                response.header("Content-Range", wanted.shown(size));
            }
        }
        return response.header(HttpHeaders.ETAG, etag(export))
                .header("Accept-Ranges", "bytes")
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    private String disposition(Export export) {
        String stamp = STAMP.format(export.requestedAt().atZone(export.zone()));
        String tail = "-" + stamp + "." + export.format().extension();
        String named = URLEncoder.encode(takeFile.title(export).in(export.language()) + tail, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return "attachment; filename=\"" + export.list() + tail + "\"; filename*=UTF-8''" + named;
    }

    private ExportView view(Export export, HttpHeaders headers) {
        boolean english = Locale.ENGLISH.getLanguage().equals(locale(headers).getLanguage());
        return ExportView.of(export, config.maxRows(), english ? ExportLanguage.EN : ExportLanguage.ZH);
    }

    private static String etag(Export export) {
        return "\"" + export.sha256() + "\"";
    }

    private static Locale locale(HttpHeaders headers) {
        List<Locale> wanted = headers.getAcceptableLanguages();
        return wanted.isEmpty() ? Locale.CHINESE : wanted.get(0);
    }
}
