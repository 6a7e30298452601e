package cloud.wuye.platform.rest;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** A problem as the answer of a REST door: the status of its kind, the code, the text in the caller's language. */
public class ProblemAnswers {
    /**
     * The body of a refusal.
     *
     * @param field what is at fault, or absent
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @RegisterForReflection
    public record Refusal(String code, String message, String field) {}

    @ServerExceptionMapper
    Response answer(Problem problem, HttpHeaders headers) {
        return refusal(problem, headers).build();
    }

    /** No token; one that is no good does not come this far. */
    @ServerExceptionMapper
    Response unauthenticated(UnauthorizedException stranger, HttpHeaders headers) {
        return refusal(new Problem(ProblemCode.UNAUTHENTICATED), headers)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException wrongRole, HttpHeaders headers) {
        return refusal(new Problem(ProblemCode.FORBIDDEN), headers).build();
    }

    private static Response.ResponseBuilder refusal(Problem problem, HttpHeaders headers) {
        List<Locale> wanted = headers.getAcceptableLanguages();
        Locale locale = wanted.isEmpty() ? Locale.CHINESE : wanted.get(0);
        return Response.status(problem.code().kind().status())
                .type(MediaType.APPLICATION_JSON)
                .entity(new Refusal(problem.code().name(), problem.text(locale), problem.field()));
    }
}
