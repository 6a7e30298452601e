package cloud.wuye.platform.graphql.probe;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Type;

@Type("Probe")
public record ProbeView(@Id UUID id, BigDecimal decimal, Long whole, Instant at, LocalDate day, String name) {}
