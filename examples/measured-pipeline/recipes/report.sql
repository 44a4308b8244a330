select count(*), sum(pence), max(name) from sale join customer on customer.id = sale.customer;
