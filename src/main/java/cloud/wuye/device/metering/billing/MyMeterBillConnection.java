package cloud.wuye.device.metering.billing;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of the caller's bills. */
@Type("MyMeterBillConnection")
@Description("A page of the caller's bills.")
public class MyMeterBillConnection extends Connection<MyMeterBillView, MyMeterBillConnection.MyMeterBillEdge> {
    MyMeterBillConnection(Page<MyMeterBillView> page) {
        super(page, MyMeterBillEdge::new);
    }

    /** A bill and its place in the list. */
    @Type("MyMeterBillEdge")
    @Description("A bill of the caller's and its place in the list.")
    public static class MyMeterBillEdge extends Edge<MyMeterBillView> {
        MyMeterBillEdge(String cursor, MyMeterBillView node) {
            super(cursor, node);
        }
    }
}
