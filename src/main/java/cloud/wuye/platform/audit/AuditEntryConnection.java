package cloud.wuye.platform.audit;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of the audit log. */
@Type("AuditEntryConnection")
@Description("A page of the audit log.")
public class AuditEntryConnection extends Connection<AuditEntryView, AuditEntryConnection.AuditEntryEdge> {
    AuditEntryConnection(Page<AuditEntryView> page) {
        super(page, AuditEntryEdge::new);
    }

    /** An audit entry and its place in the list. */
    @Type("AuditEntryEdge")
    @Description("An audit entry and its place in the list.")
    public static class AuditEntryEdge extends Edge<AuditEntryView> {
        AuditEntryEdge(String cursor, AuditEntryView node) {
            super(cursor, node);
        }
    }
}
