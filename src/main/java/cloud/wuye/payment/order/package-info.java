/**
 * Orders to pay and what becomes of them: attempts, evidence of payment, giving what was bought, refunds. An order knows its
 * purpose by name only; the features below give what it buys. Wherever a payment comes from and whenever, its money is in
 * exactly one of: the customer's credit, suspense, owed back, gone back.
 */
package cloud.wuye.payment.order;
