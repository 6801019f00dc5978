//! A form of Stripe with objects in objects and in a list.
//!
//! `stripe.yaml`: `PostTaxCalculations`

use stripe::{
    PostTaxCalculations, PostTaxCalculationsUrlEncoded, PostTaxCalculationsUrlEncodedCustomerDetails,
    PostTaxCalculationsUrlEncodedCustomerDetailsAddress, PostTaxCalculationsUrlEncodedCustomerDetailsTaxIdsItem,
    PostTaxCalculationsUrlEncodedLineItemsItem,
};

#[test]
fn tax() {
    let address = PostTaxCalculationsUrlEncodedCustomerDetailsAddress::new("US").line1("354 Oyster Pt & Blvd");
    let customer = PostTaxCalculationsUrlEncodedCustomerDetails::new()
        .address(address)
        .address_source("shipping")
        .tax_ids([PostTaxCalculationsUrlEncodedCustomerDetailsTaxIdsItem::new("us_ein", "12-3456789")]);
    let item = PostTaxCalculationsUrlEncodedLineItemsItem::new(1000).reference("L1");
    let form = PostTaxCalculationsUrlEncoded::new("usd", [item]).customer_details(customer).expand(["line_items"]);
    let call = PostTaxCalculations::new(form).call().expect("it is in order");
    assert_eq!((call.method(), call.path()), ("POST", "/v1/tax/calculations"));
    assert_eq!(call.content_type(), Some("application/x-www-form-urlencoded"));
    let body = call.into_body().into_bytes().expect("it is in memory");
    let expected = [
        "currency=usd",
        "customer_details%5Baddress%5D%5Bcountry%5D=US",
        "customer_details%5Baddress%5D%5Bline1%5D=354+Oyster+Pt+%26+Blvd",
        "customer_details%5Baddress_source%5D=shipping",
        "customer_details%5Btax_ids%5D%5B0%5D%5Btype%5D=us_ein",
        "customer_details%5Btax_ids%5D%5B0%5D%5Bvalue%5D=12-3456789",
        "expand%5B0%5D=line_items",
        "line_items%5B0%5D%5Bamount%5D=1000",
        "line_items%5B0%5D%5Breference%5D=L1",
    ];
    assert_eq!(String::from_utf8_lossy(&body), expected.join("&"));
}
