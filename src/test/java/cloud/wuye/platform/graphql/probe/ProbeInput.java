package cloud.wuye.platform.graphql.probe;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

@Input("ProbeInput")
public record ProbeInput(
        @Id UUID id,
        BigDecimal decimal,
        Long whole,
        Instant at,
        LocalDate day,
        @NotBlank String name,
        List<@Valid ProbePart> parts) {
    @Input("ProbePartInput")
    public record ProbePart(@Positive BigDecimal amount) {}
}
