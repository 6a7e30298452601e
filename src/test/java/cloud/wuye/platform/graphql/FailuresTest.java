package cloud.wuye.platform.graphql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import com.fasterxml.jackson.core.JsonParseException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.persistence.OptimisticLockException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {
    static Stream<Arguments> causes() {
        return Stream.of(
                Arguments.of(new Problem(ProblemCode.STALE), ProblemCode.STALE),
                Arguments.of(new UnauthorizedException(), ProblemCode.UNAUTHENTICATED),
                Arguments.of(new AuthenticationFailedException(), ProblemCode.UNAUTHENTICATED),
                Arguments.of(new ForbiddenException(), ProblemCode.FORBIDDEN),
                Arguments.of(new OptimisticLockException(), ProblemCode.STALE),
                Arguments.of(new ConnectException("refused"), ProblemCode.UNAVAILABLE),
                Arguments.of(new SocketException("Connection reset"), ProblemCode.UNAVAILABLE),
                Arguments.of(new ClosedChannelException(), ProblemCode.UNAVAILABLE),
                Arguments.of(ClosedConnectionException.INSTANCE, ProblemCode.UNAVAILABLE),
                Arguments.of(new IOException("Connection reset by peer"), ProblemCode.UNAVAILABLE),
                Arguments.of(new NoSuchFileException("ours"), ProblemCode.INTERNAL),
                Arguments.of(new JsonParseException(null, "no JSON"), ProblemCode.INTERNAL),
                Arguments.of(new IllegalStateException("bug"), ProblemCode.INTERNAL),
                Arguments.of(new StackOverflowError(), ProblemCode.INTERNAL));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void theCauseDecidesHoweverItIsWrapped(Throwable cause, ProblemCode code) {
        assertEquals(code, Failures.problem(cause).code());
        assertEquals(
                code,
                Failures.problem(new CompletionException(new RuntimeException("wrapped", cause)))
                        .code());
    }

    @ParameterizedTest
    @CsvSource({
        "08006, UNAVAILABLE",
        "53300, UNAVAILABLE",
        "57P01, UNAVAILABLE",
        "57P03, UNAVAILABLE",
        "58030, UNAVAILABLE",
        "25006, UNAVAILABLE",
        "40001, UNAVAILABLE",
        "40P01, UNAVAILABLE",
        "23505, INTERNAL",
        "42601, INTERNAL",
        "42501, INTERNAL"
    })
    void onlyADatabaseThatIsAwayOrLostAgainIsUnavailable(String sqlState, ProblemCode code) {
        assertEquals(
                code,
                Failures.problem(new PgException("text", "ERROR", sqlState, "detail"))
                        .code());
    }

    @Test
    void causesInACircleEnd() {
        var one = new RuntimeException("one");
        var two = new RuntimeException("two", one);
        one.initCause(two);
        assertEquals(ProblemCode.INTERNAL, Failures.problem(two).code());
    }
}
