package cloud.wuye.platform.audit;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One act of one caller on one subject; append-only. */
@Entity
@Immutable
@Table(name = "audit_entry")
class AuditEntry extends PanacheEntityBase {
    @Id
    UUID id;

    @Column(name = "tenant_id")
    UUID tenantId;

    Instant at;
    String actor;

    @Column(name = "actor_name")
    String actorName;

    String act;

    @Column(name = "subject_type")
    String subjectType;

    @Column(name = "subject_id")
    String subjectId;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "before")
    String before;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "after")
    String after;

    String reason;

    @Column(name = "trace_id")
    String traceId;

    @Column(name = "by_operator")
    boolean byOperator;
}
