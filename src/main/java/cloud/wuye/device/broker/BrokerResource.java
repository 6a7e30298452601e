package cloud.wuye.device.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * The door that brokers knock at. Not for the outside world: the way in from there should not route {@code /internal}.
 */
@Path("/internal/mqtt")
public class BrokerResource {
    private static final Logger LOG = Logger.getLogger(BrokerResource.class);

    private final BrokerKey key;
    private final CheckLogin check;
    private final MosquittoFiles mosquitto;
    private final ObjectMapper json;

    BrokerResource(BrokerKey key, CheckLogin check, MosquittoFiles mosquitto, ObjectMapper json) {
        this.key = key;
        this.check = check;
        this.mosquitto = mosquitto;
        this.json = json;
    }

    /** Is this a device's login? 503 when that cannot be known now, which a broker must not take for a yes. */
    @POST
    @Path("/authn")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<Response> login(@HeaderParam(BrokerKey.HEADER) String sent, String body) {
        key.check(sent);
        return check.login(read(body, LoginRequest.class, new LoginRequest(null, null, null)))
                .map(answer -> Response.ok(answer).build())
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf("a login could not be checked: %s", failure);
                    return Response.status(Response.Status.SERVICE_UNAVAILABLE).build();
                });
    }

    /** May it use this topic? What cannot be known now is denied: EMQX takes an error for "ask the next one". */
    @POST
    @Path("/authz")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<AccessAnswer> access(@HeaderParam(BrokerKey.HEADER) String sent, String body) {
        key.check(sent);
        return check.mayUse(read(body, AccessRequest.class, new AccessRequest(null, null, null)))
                .map(AccessAnswer::of)
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf("a topic could not be checked: %s", failure);
                    return AccessAnswer.of(false);
                });
    }

    /** All logins as a Mosquitto password file. */
    @GET
    @Path("/mosquitto/passwords")
    @Produces(MediaType.TEXT_PLAIN)
    public Multi<String> passwords(@HeaderParam(BrokerKey.HEADER) String sent) {
        key.check(sent);
        return mosquitto.passwords();
    }

    /** The access list for Mosquitto: patterns, or with {@code literal=true} two lines per device, which is tighter. */
    @GET
    @Path("/mosquitto/acl")
    @Produces(MediaType.TEXT_PLAIN)
    public Multi<String> acl(@HeaderParam(BrokerKey.HEADER) String sent, @RestQuery boolean literal) {
        key.check(sent);
        return mosquitto.acl(literal);
    }

    /** What cannot be read is nobody's: an answer of 400 would be "ask the next one" to EMQX, whose default may be yes. */
    private <T> T read(String body, Class<T> type, T nobodys) {
        try {
            T request = json.readValue(body == null || body.isBlank() ? "null" : body, type);
            return request == null ? nobodys : request;
        } catch (JsonProcessingException unreadable) {
            // Not the text of the exception: it quotes the body, and the body holds a password.
            LOG.warnf("a broker sent what is no %s", type.getSimpleName());
            return nobodys;
        }
    }
}
