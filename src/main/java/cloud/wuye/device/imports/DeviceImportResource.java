package cloud.wuye.device.imports;

import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.security.Roles;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.jboss.resteasy.reactive.RestQuery;

/** The door for files of devices. Uploads do not fit GraphQL. */
@Path("/api/devices/import")
public class DeviceImportResource {
    private static final String CSV = "text/csv";

    private final ImportDevices imports;
    private final ImportConfig config;
    private final CurrentCaller currentCaller;

    DeviceImportResource(ImportDevices imports, ImportConfig config, CurrentCaller currentCaller) {
        this.imports = imports;
        this.config = config;
        this.currentCaller = currentCaller;
    }

    /** Takes a CSV file as the body; answers with a report as JSON, or as CSV when that is what is accepted. */
    @POST
    @Blocking
    @Consumes({CSV, MediaType.TEXT_PLAIN, MediaType.APPLICATION_OCTET_STREAM, "application/vnd.ms-excel"})
    @Produces({MediaType.APPLICATION_JSON, CSV})
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    public Uni<Response> take(
            @RestQuery @DefaultValue("true") boolean dryRun,
            @HeaderParam(HttpHeaders.ACCEPT) String accept,
            InputStream body)
            throws IOException {
        Caller caller = currentCaller.get();
        CsvText file = CsvText.read(body, config.maxBytes());
        DeviceSheet sheet = DeviceSheet.read(file.text(), config.maxRows());
        return (dryRun ? imports.dryRun(caller, sheet, file.encoding()) : imports.run(caller, sheet, file.encoding()))
                .map(report -> answer(report, accept));
    }

    private static Response answer(ImportReport report, String accept) {
        Response.ResponseBuilder response = accept != null && accept.startsWith(CSV)
                ? Response.ok(ReportCsv.of(report), CSV + ";charset=UTF-8")
                        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"devices.csv\"")
                : Response.ok(report, MediaType.APPLICATION_JSON);
        // It holds passwords.
        return response.header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
