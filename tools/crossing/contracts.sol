// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

// The contracts of scenarios/crossing.

// A stablecoin: ERC-20 with six decimals.
contract TernDollar {
    string public constant name = "Tern Dollar";
    string public constant symbol = "TRND";
    uint8 public constant decimals = 6;
    uint256 public totalSupply;
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;

    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);

    constructor(uint256 supply) {
        totalSupply = supply;
        balanceOf[msg.sender] = supply;
        emit Transfer(address(0), msg.sender, supply);
    }

    function approve(address spender, uint256 value) external returns (bool) {
        allowance[msg.sender][spender] = value;
        emit Approval(msg.sender, spender, value);
        return true;
    }

    function transfer(address to, uint256 value) external returns (bool) {
        return move(msg.sender, to, value);
    }

    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        allowance[from][msg.sender] -= value;
        return move(from, to, value);
    }

    function move(address from, address to, uint256 value) private returns (bool) {
        balanceOf[from] -= value;
        balanceOf[to] += value;
        emit Transfer(from, to, value);
        return true;
    }
}

// Wraps ether one to one; what is made and destroyed is told by ERC-20's event, from and to the zero address.
contract WrappedEther {
    string public constant name = "Wrapped Ether";
    string public constant symbol = "WETH";
    uint8 public constant decimals = 18;
    mapping(address => uint256) public balanceOf;

    event Transfer(address indexed from, address indexed to, uint256 value);

    function deposit() external payable {
        balanceOf[msg.sender] += msg.value;
        emit Transfer(address(0), msg.sender, msg.value);
    }

    function withdraw(uint256 value) external {
        balanceOf[msg.sender] -= value;
        emit Transfer(msg.sender, address(0), value);
        (bool sent, ) = msg.sender.call{value: value}("");
        require(sent);
    }

    function transfer(address to, uint256 value) external returns (bool) {
        balanceOf[msg.sender] -= value;
        balanceOf[to] += value;
        emit Transfer(msg.sender, to, value);
        return true;
    }

    function totalSupply() external view returns (uint256) {
        return address(this).balance;
    }
}

// Ether against the stablecoin: constant product, three thousandths for the pool.
contract Pool {
    TernDollar public immutable token;

    constructor(TernDollar token_) payable {
        token = token_;
    }

    function costOf(uint256 wanted) public view returns (uint256) {
        return (token.balanceOf(address(this)) * wanted * 1000) / ((address(this).balance - wanted) * 997) + 1;
    }

    function sellForExactly(uint256 wanted) external {
        token.transferFrom(msg.sender, address(this), costOf(wanted));
        (bool sent, ) = msg.sender.call{value: wanted}("");
        require(sent);
    }
}

// Trades for its caller: takes the most that the trade may cost, and gives back what it did not.
contract TradeDesk {
    receive() external payable {}

    function sellForExactly(Pool pool, uint256 most, uint256 wanted) external {
        TernDollar token = pool.token();
        token.transferFrom(msg.sender, address(this), most);
        token.approve(address(pool), most);
        pool.sellForExactly(wanted);
        token.transfer(msg.sender, token.balanceOf(address(this)));
        (bool sent, ) = msg.sender.call{value: wanted}("");
        require(sent);
    }
}

// The near end of a bridge: keeps ether, and says where on the other chain it is to be paid out.
contract Bridge {
    event Locked(address indexed from, uint256 value, string payout);

    function lock(string calldata payout) external payable {
        emit Locked(msg.sender, msg.value, payout);
    }
}
