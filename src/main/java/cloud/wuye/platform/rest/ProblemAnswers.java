package cloud.wuye.platform.rest;

import cloud.wuye.platform.problem.Problem;
import com.fasterxml.jackson.annotation.JsonInclude;
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
    public record Refusal(String code, String message, String field) {}

    @ServerExceptionMapper
    Response answer(Problem problem, HttpHeaders headers) {
        List<Locale> wanted = headers.getAcceptableLanguages();
        Locale locale = wanted.isEmpty() ? Locale.CHINESE : wanted.get(0);
        return Response.status(problem.code().kind().status())
                .type(MediaType.APPLICATION_JSON)
                .entity(new Refusal(problem.code().name(), problem.text(locale), problem.field()))
                .build();
    }
}
